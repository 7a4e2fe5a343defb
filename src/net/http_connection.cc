#include "net/http_connection.h"

#include <array>
#include <utility>

#include "base/check.h"
#include "base/log_line.h"
#include "net/http_response_head.h"
#include "net/websocket_connection.h"
#include "net/websocket_handshake.h"

namespace hubbub {
namespace {

// What a stopping server still waits for a request that has not begun.
constexpr std::chrono::seconds kLastRequestWithin{2};

// Memory that one large request took is not kept for the next.
void shrink(std::string& text) {
  constexpr std::size_t kKeptBytes = 1024;
  if (text.empty() && text.capacity() > kKeptBytes) std::string().swap(text);
}

}  // namespace

HttpConnection::HttpConnection(ReactorNet& net, const HttpDoors& doors, Socket socket,
                               const boost::asio::ip::address& peer)
    : net_(net),
      doors_(doors),
      socket_(std::move(socket)),
      peer_(peer),
      reader_(net.limits.header_bytes_max, net.limits.body_bytes_max) {}

void HttpConnection::start(ReactorNet& net, const HttpDoors& doors, Socket socket,
                           const boost::asio::ip::address& peer) {
  const Self self(new HttpConnection(net, doors, std::move(socket), peer));
  net.registry.add(*self);
  self->expect(net.limits.header_within);
  self->arm_read();
}

// ---- reading

void HttpConnection::arm_read() {
  if (is_read_armed_) return;
  is_read_armed_ = true;
  socket_.async_wait(Socket::wait_read, [self = Self(this)](const boost::system::error_code& e) {
    self->on_readable(e);
  });
}

void HttpConnection::on_readable(const boost::system::error_code& error) {
  is_read_armed_ = false;
  // While an answer leaves nothing is read; what arrived waits in the kernel.
  if (state_ != State::kReading && state_ != State::kLingering) return;
  if (error) return end();
  const auto [how, bytes] = receive(socket_, net_.scratch);
  if (how == Transfer::kEnd || how == Transfer::kFailed) return end();
  if (state_ == State::kLingering) return arm_read();
  if (is_idle() && bytes > 0) expect(net_.limits.header_within);
  pending_.append(net_.scratch.data(), bytes);
  advance();
}

void HttpConnection::advance() {
  if (state_ != State::kReading) return;
  const bool was_in_body = reader_.is_in_body();
  switch (reader_.feed(pending_)) {
    case HttpReader::Progress::kRequest:
      return serve(reader_.take());
    case HttpReader::Progress::kRefused:
      net_.metrics.http_malformed.add();
      return refuse(reader_.refusal());
    case HttpReader::Progress::kMore:
      break;
  }
  if (reader_.is_in_body() && !was_in_body) expect(net_.limits.body_within);
  if (reader_.wants_continue()) {
    std::string go_on = "HTTP/1.1 100 Continue\r\n\r\n";
    std::array<iovec, 1> span{{{go_on.data(), go_on.size()}}};
    // 25 bytes into an idle socket; a peer whose socket has no room for them does without (RFC
    // 9110).
    send_gathered(socket_, span);
  }
  shrink(pending_);
  arm_read();
}

// ---- serving

void HttpConnection::serve(ReadRequest read) {
  net_.metrics.http_requests.add();
  auto& request = read.request;
  keep_alive_ = read.keep_alive && !net_.registry.is_leaving();
  is_head_request_ = request.method == "HEAD";
  if (request.path.empty()) {
    net_.metrics.http_malformed.add();
    return refuse(400);
  }
  auto judged = judge_forwarded(doors_.trusted, peer_, request.headers);
  request.peer_address = address_text(peer_);
  request.address = std::move(judged.address);
  request.is_secure = judged.is_secure;

  state_ = State::kServing;
  expect(net_.limits.reply_within);
  awaited_ = std::make_shared<Awaited>(Awaited{this});
  if (request.method == "GET" && request.path == "/ws") {
    const bool is_upgrade = read.is_http_1_1 && is_websocket_upgrade(request);
    return admit(std::move(request), is_upgrade);
  }
  // Last: an answer that comes at once may end this connection.
  doors_.service.serve(std::move(request), [awaited = awaited_](HttpResponse response) {
    if (auto* connection = std::exchange(awaited->connection, nullptr)) {
      const Self keep(connection);
      connection->respond(std::move(response));
    }
  });
}

void HttpConnection::admit(HttpRequest request, bool is_upgrade) {
  // A connection that came out of the accept queue of a stopping server.
  if (is_upgrade && net_.registry.is_leaving()) return refuse(503);
  request_ = std::move(request);
  // Posted, so that the door has returned before the session is told anything.
  doors_.door.admit(request_, is_upgrade, [awaited = awaited_, &net = net_](Admission admission) {
    if (awaited->connection == nullptr) return;
    const Self self(std::exchange(awaited->connection, nullptr));
    net.reactor.post([self, admission = std::move(admission)]() mutable {
      self->on_admission(std::move(admission));
    });
  });
}

void HttpConnection::on_admission(Admission admission) {
  if (state_ != State::kServing) return;
  if (auto* response = std::get_if<HttpResponse>(&admission)) return respond(std::move(*response));
  if (net_.registry.is_leaving()) return refuse(503);
  if (auto* admitted = std::get_if<Admitted>(&admission)) {
    return upgrade(admitted->subprotocol, std::move(admitted->events), nullptr);
  }
  const auto& refusal = std::get<AdmittedToClose>(admission);
  upgrade(refusal.subprotocol, nullptr, &refusal);
}

void HttpConnection::upgrade(const std::string& subprotocol,
                             std::unique_ptr<ConnectionEvents> events,
                             const AdmittedToClose* refusal) {
  HUBBUB_CHECK(!is_read_armed_);  // the socket moves on without it
  const Self keep(this);
  state_ = State::kEnded;
  forget_awaited();
  net_.registry.remove(*this);
  const auto connection = WebSocketConnection::start(
      net_, std::move(socket_), websocket_handshake(request_, subprotocol), std::move(pending_),
      !subprotocol.empty(), std::move(events));
  if (refusal != nullptr) connection->close(refusal->code, refusal->reason);
}

void HttpConnection::forget_awaited() {
  if (awaited_) awaited_->connection = nullptr;
  awaited_.reset();
}

// ---- writing

// An answer of net/'s own, after which nothing that the peer sends can be trusted to be a request.
void HttpConnection::refuse(int status) {
  keep_alive_ = false;
  respond(plain_response(status));
}

void HttpConnection::respond(HttpResponse response) {
  forget_awaited();
  if (state_ != State::kReading && state_ != State::kServing) return;
  if (!has_clean_headers(response)) {
    LogLine(Level::kError, "response_header_refused").with("status", response.status);
    response = plain_response(500);
  }
  if (net_.registry.is_leaving()) keep_alive_ = false;
  head_ = http_response_head(response, keep_alive_, net_.clock.now());
  body_ = std::move(response.body);
  if (is_head_request_ || is_bodiless(response.status)) body_.clear();
  written_bytes_ = 0;
  state_ = State::kWriting;
  expect(net_.limits.stall_max);
  write();
}

void HttpConnection::write() {
  while (written_bytes_ < head_.size() + body_.size()) {
    std::array<iovec, 2> spans{};
    std::size_t count = 0;
    const auto head_written = std::min(written_bytes_, head_.size());
    const auto body_written = written_bytes_ - head_written;
    if (head_written < head_.size()) {
      spans[count++] = {head_.data() + head_written, head_.size() - head_written};
    }
    spans[count++] = {body_.data() + body_written, body_.size() - body_written};
    const auto [how, bytes] = send_gathered(socket_, std::span(spans).first(count));
    if (how == Transfer::kFailed) return end();
    if (how == Transfer::kBlocked) {
      socket_.async_wait(Socket::wait_write,
                         [self = Self(this)](const boost::system::error_code& error) {
                           if (self->state_ != State::kWriting) return;
                           if (error) return self->end();
                           self->write();
                         });
      return;
    }
    written_bytes_ += bytes;
    expect(net_.limits.stall_max);
  }
  on_written();
}

void HttpConnection::on_written() {
  has_served_ = true;
  std::string().swap(head_);
  std::string().swap(body_);
  if (!keep_alive_) {
    shut_sending(socket_);
    state_ = State::kLingering;
    expect(net_.limits.close_within);
    return arm_read();
  }
  state_ = State::kReading;
  expect(pending_.empty() ? net_.limits.keep_alive_max : net_.limits.header_within);
  shrink(pending_);
  if (pending_.empty()) return arm_read();
  // Posted: a train of requests is neither a deep recursion nor anyone else's delay.
  net_.reactor.post([self = Self(this)] { self->advance(); });
}

// ---- time and the end

void HttpConnection::on_tick() {
  if (state_ == State::kEnded || net_.registry.now_s() < deadline_s_) return;
  switch (state_) {
    case State::kReading:
      if (is_idle()) return end();
      return refuse(408);
    case State::kServing:
      net_.metrics.http_unanswered.add();
      return refuse(504);
    case State::kWriting:
      net_.metrics.stalled.add();
      return cut_off();
    case State::kLingering:
      return cut_off();
    case State::kEnded:
      return;
  }
}

bool HttpConnection::go_away(CloseCode, const std::function<std::string()>&) {
  if (state_ != State::kReading || !is_idle()) return false;
  if (has_served_) {
    end();
  } else {
    // Just accepted: its request is probably on the way.
    expect(kLastRequestWithin);
  }
  return false;
}

void HttpConnection::cut_off() {
  if (state_ == State::kEnded) return;
  cut(socket_);
  end();
}

void HttpConnection::end() {
  if (state_ == State::kEnded) return;
  const Self keep(this);
  state_ = State::kEnded;
  forget_awaited();
  boost::system::error_code ignored;
  socket_.close(ignored);
  net_.metrics.sockets.add(-1);
  net_.registry.remove(*this);
}

}  // namespace hubbub
