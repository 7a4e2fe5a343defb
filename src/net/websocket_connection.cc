#include "net/websocket_connection.h"

#include <utility>

#include "net/frame_header.h"

namespace hubbub {
namespace {

const Shared<Frame>& empty_ping() {
  static const Shared<Frame> frame = Frame::encode(Opcode::kPing, {});
  return frame;
}

// RFC 6455 5.5: 125 bytes, two of them the code's; not cut within a code point.
std::string_view fitting(std::string_view reason) {
  constexpr std::size_t kReasonBytesMax = 123;
  if (reason.size() <= kReasonBytesMax) return reason;
  auto size = kReasonBytesMax;
  while (size > 0 && (static_cast<unsigned char>(reason[size]) & 0xC0) == 0x80) --size;
  return reason.substr(0, size);
}

}  // namespace

WebSocketConnection::WebSocketConnection(ReactorNet& net, Socket socket, bool has_subprotocol,
                                         std::unique_ptr<ConnectionEvents> events)
    : net_(net),
      socket_(std::move(socket)),
      parser_(net.limits.message_bytes_max),
      outbox_(net.limits.outbox_bytes_max, net.limits.urgent_bytes_max),
      events_(std::move(events)),
      heard_s_(net.registry.now_s()),
      pinged_s_(net.registry.now_s()),
      has_subprotocol_(has_subprotocol) {}

boost::intrusive_ptr<WebSocketConnection> WebSocketConnection::start(
    ReactorNet& net, Socket socket, std::string handshake, std::string leftover,
    bool has_subprotocol, std::unique_ptr<ConnectionEvents> events) {
  Self self(new WebSocketConnection(net, std::move(socket), has_subprotocol, std::move(events)));
  net.registry.add(*self);
  net.metrics.websockets.add(1);
  self->outbox_.push_handshake(std::make_shared<const Frame>(std::move(handshake), 0));
  net.outboxes.add(+1);
  net.flushes.mark(*self);
  if (self->events_) self->events_->on_open(*self);
  self->process(leftover);
  self->arm_read();
  return self;
}

bool WebSocketConnection::send(const Shared<Frame>& frame) {
  if (state_ != State::kOpen) return false;
  // Who takes all that is sent holds nothing for longer than a flush, and is never sent back.
  const bool is_too_much = awaits_writable_ && net_.outboxes.is_full();
  if (is_too_much || !outbox_.push(frame)) {
    (is_too_much ? net_.metrics.outbox_total_full : net_.metrics.outbox_full).add();
    wants_drained_ = true;
    return false;
  }
  net_.outboxes.add(+1);
  net_.flushes.mark(*this);
  return true;
}

void WebSocketConnection::send_urgent(const Shared<Frame>& frame) {
  if (state_ != State::kOpen) return;
  if (outbox_.push_urgent(frame)) {
    net_.outboxes.add(+1);
  } else {
    if (!is_overrun_) net_.metrics.urgent_full.add();
    is_overrun_ = true;
  }
  net_.flushes.mark_first(*this);
}

bool WebSocketConnection::send_unbounded(const Shared<Frame>& frame) {
  if (state_ != State::kOpen) return false;
  outbox_.push_unbounded(frame);
  net_.outboxes.add(+1);
  net_.flushes.mark(*this);
  return true;
}

bool WebSocketConnection::send_if_ready(const Shared<Frame>& frame) {
  return !awaits_writable_ && send(frame);
}

void WebSocketConnection::notify_drained() {
  wants_drained_ = true;
  net_.flushes.mark(*this);
}

void WebSocketConnection::close(CloseCode code, std::string_view reason) {
  begin_close(static_cast<std::uint16_t>(code), reason);
}

bool WebSocketConnection::go_away(CloseCode code, const std::function<std::string()>& reason) {
  if (state_ != State::kOpen) return false;
  close(code, reason());
  return true;
}

void WebSocketConnection::begin_close(std::uint16_t code, std::string_view reason) {
  if (state_ != State::kOpen) return;
  state_ = State::kClosing;
  close_code_ = code;
  deadline_s_ = net_.registry.deadline_in(net_.limits.close_within);
  std::string payload;
  if (code != 0) {
    payload = {static_cast<char>(code >> 8), static_cast<char>(code & 0xFF)};
    payload += fitting(reason);
  }
  outbox_.push_unbounded(Frame::encode(Opcode::kClose, payload));
  net_.outboxes.add(+1);
  net_.flushes.mark(*this);
}

// ---- reading

void WebSocketConnection::arm_read() {
  socket_.async_wait(Socket::wait_read, [self = Self(this)](const boost::system::error_code& e) {
    self->on_readable(e);
  });
}

void WebSocketConnection::on_readable(const boost::system::error_code& error) {
  if (state_ == State::kEnded) return;
  if (error) return end();
  const auto [how, bytes] = receive(socket_, net_.scratch);
  if (how == Transfer::kFailed) return end();
  if (how == Transfer::kEnd) {
    peer_has_ended_ = true;
    // What waits, the close frame too, may still be taken; the deadline is running.
    if (state_ == State::kClosing) return;
    return end();
  }
  heard_s_ = net_.registry.now_s();
  net_.metrics.bytes_received.add(bytes);
  if (bytes > 0) process(std::span(net_.scratch).first(bytes));
  is_read_paused_ = has_many_answers();
  if (!is_read_paused_) arm_read();
}

// One who asks faster than it takes the answers is read again once it has taken them.
bool WebSocketConnection::has_many_answers() const {
  const auto most = net_.outboxes.is_full() ? 0 : net_.limits.urgent_bytes_max / 8;
  return outbox_.urgent_bytes() > most;
}

void WebSocketConnection::process(std::span<char> bytes) {
  std::uint64_t frames = 0;
  while (state_ == State::kOpen) {
    const auto received = parser_.next(bytes);
    if (!received) break;
    ++frames;
    handle(*received);
  }
  if (frames > 0) net_.metrics.frames_received.add(frames);
  if (state_ == State::kOpen && parser_.has_failed()) {
    begin_close(static_cast<std::uint16_t>(parser_.failure().code), parser_.failure().reason);
    end_session();
  }
}

void WebSocketConnection::handle(const Received& received) {
  switch (received.opcode) {
    case Opcode::kText:
    case Opcode::kBinary:
      if (events_) events_->on_message(received.opcode, received.payload);
      return;
    case Opcode::kPing:
      // RFC 6455 5.5.3: the same payload back.
      send_urgent(Frame::encode(Opcode::kPong, received.payload));
      return;
    case Opcode::kClose:
      begin_close(read_close_payload(received.payload).code, {});
      end_session();
      return;
    case Opcode::kPong:
    case Opcode::kContinuation:
      return;
  }
}

// ---- writing

void WebSocketConnection::flush() {
  const Self keep(this);
  if (state_ == State::kEnded) return;
  if (is_overrun_) {
    close_code_ = static_cast<std::uint16_t>(CloseCode::kIdle);
    return cut_off();
  }
  if (state_ != State::kOpen) end_session();
  write();
  if (state_ == State::kEnded) return;
  if (is_read_paused_ && !has_many_answers()) {
    is_read_paused_ = false;
    arm_read();
  }
  if (!outbox_.is_empty()) return;
  if (state_ == State::kClosing) return finish_sending();
  // While there is too much of all together, the next page waits: on_tick() asks again.
  if (state_ == State::kOpen && wants_drained_ && has_room()) {
    wants_drained_ = false;
    if (events_) events_->on_drained();
  }
}

// One sendmsg, whatever waits.
void WebSocketConnection::write() {
  if (awaits_writable_ || outbox_.is_empty()) return;
  std::array<iovec, 256> buffers;
  const auto spans = std::span(buffers).first(outbox_.gather(buffers));
  std::size_t offered = 0;
  for (const auto& span : spans) offered += span.iov_len;
  const auto [how, bytes] = send_gathered(socket_, spans);
  if (how == Transfer::kFailed) return end();
  if (bytes > 0) {
    progressed_s_ = net_.registry.now_s();
    net_.metrics.bytes_sent.add(bytes);
    const auto before = static_cast<std::ptrdiff_t>(outbox_.size());
    if (const auto frames = outbox_.consume(bytes)) net_.metrics.frames_sent.add(frames);
    net_.outboxes.add(static_cast<std::ptrdiff_t>(outbox_.size()) - before);
  }
  if (bytes < offered) {
    await_writable();
  } else if (!outbox_.is_empty()) {
    net_.flushes.mark(*this);
  }
}

void WebSocketConnection::await_writable() {
  awaits_writable_ = true;
  progressed_s_ = net_.registry.now_s();
  socket_.async_wait(Socket::wait_write, [self = Self(this)](const boost::system::error_code& e) {
    self->awaits_writable_ = false;
    if (self->state_ == State::kEnded) return;
    if (e) return self->end();
    self->flush();
  });
}

void WebSocketConnection::finish_sending() {
  if (peer_has_ended_) return end();
  shut_sending(socket_);
  state_ = State::kShut;
}

// ---- time and the end

void WebSocketConnection::on_tick() {
  if (state_ == State::kEnded) return;
  const auto now = net_.registry.now_s();
  const auto passed = [now](std::uint32_t since, std::chrono::seconds span) {
    return now >= since + static_cast<std::uint32_t>(span.count());
  };
  if (state_ != State::kOpen) {
    if (now >= deadline_s_) cut_off();
    return;
  }
  if (awaits_writable_ && passed(progressed_s_, net_.limits.stall_max)) {
    net_.metrics.stalled.add();
    close_code_ = static_cast<std::uint16_t>(CloseCode::kIdle);
    return cut_off();
  }
  outbox_.release_if_empty();
  if (wants_drained_ && outbox_.is_empty()) net_.flushes.mark(*this);
  if (!has_subprotocol_) return;
  if (passed(heard_s_, net_.limits.idle_max)) return close(CloseCode::kIdle, "idle");
  if (passed(heard_s_, net_.limits.ping_after) && passed(pinged_s_, net_.limits.ping_after)) {
    pinged_s_ = now;
    send_urgent(empty_ping());
  }
}

void WebSocketConnection::end_session() {
  if (const auto events = std::move(events_)) events->on_closed();
}

void WebSocketConnection::cut_off() {
  if (state_ == State::kEnded) return;
  cut(socket_);
  end();
}

void WebSocketConnection::end() {
  if (state_ == State::kEnded) return;
  const Self keep(this);
  state_ = State::kEnded;
  Flushable::unlink();
  boost::system::error_code ignored;
  socket_.close(ignored);
  net_.metrics.count_close(close_code_);
  net_.metrics.websockets.add(-1);
  net_.metrics.sockets.add(-1);
  net_.outboxes.add(-static_cast<std::ptrdiff_t>(outbox_.size()));
  end_session();
  net_.registry.remove(*this);
}

}  // namespace hubbub
