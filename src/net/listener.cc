#include "net/listener.h"

#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "base/log_line.h"

namespace hubbub {
namespace {

using boost::asio::ip::tcp;

tcp family_of(int descriptor) {
  int family = AF_INET;
  socklen_t size = sizeof family;
  ::getsockopt(descriptor, SOL_SOCKET, SO_DOMAIN, &family, &size);
  return family == AF_INET6 ? tcp::v6() : tcp::v4();
}

// accept(2): the peer gave up, or its network failed, before it was accepted. All else (EMFILE,
// ENFILE, ENOMEM, …) would come again at once.
bool concerns_one_connection(int error) {
  switch (error) {
    case ECONNABORTED:
    case EINTR:
    case EPROTO:
    case EPERM:
    case ENETDOWN:
    case ENETUNREACH:
    case EHOSTDOWN:
    case EHOSTUNREACH:
    case ENONET:
    case ENOPROTOOPT:
      return true;
    default:
      return false;
  }
}

}  // namespace

Listener::Listener(ReactorNet& net, const HttpDoors& doors, ListeningSocket socket)
    : net_(net),
      doors_(doors),
      acceptor_(net.reactor.context().get_executor()),
      back_off_(net.reactor.context()),
      last_report_(net.clock.steady_now() - std::chrono::hours(1)) {
  const auto family = family_of(socket.descriptor());
  acceptor_.assign(family, socket.release());
}

void Listener::start() { arm(); }

void Listener::arm() {
  acceptor_.async_wait(Acceptor::wait_read, [this](const boost::system::error_code& error) {
    if (!error) on_acceptable();
  });
}

void Listener::on_acceptable() {
  if (!acceptor_.is_open()) return;
  for (int i = 0; i < kTurnCount; ++i) {
    const auto accepted = accept_one();
    if (accepted == Accepted::kNone) break;
    if (accepted == Accepted::kExhausted) {
      // The connection stays in the queue, so waiting for it would spin.
      back_off_.expires_after(kBackOff);
      back_off_.async_wait([this](const boost::system::error_code& error) {
        if (!error) on_acceptable();
      });
      return;
    }
  }
  arm();
}

Listener::Accepted Listener::accept_one() {
  tcp::endpoint peer;
  auto size = static_cast<socklen_t>(peer.capacity());
  const int descriptor =
      ::accept4(acceptor_.native_handle(), peer.data(), &size, SOCK_NONBLOCK | SOCK_CLOEXEC);
  if (descriptor < 0) {
    if (errno == EAGAIN || errno == EWOULDBLOCK) return Accepted::kNone;
    if (concerns_one_connection(errno)) return Accepted::kOne;
    report_failure(errno);
    return Accepted::kExhausted;
  }
  peer.resize(size);
  if (net_.metrics.sockets.value() >= static_cast<std::int64_t>(net_.limits.connections_max)) {
    ::close(descriptor);
    net_.metrics.refused.add();
    return Accepted::kOne;
  }
  Socket socket(net_.reactor.context().get_executor());
  boost::system::error_code error;
  socket.assign(peer.protocol(), descriptor, error);
  if (error) {
    ::close(descriptor);
    report_failure(error.value());
    return Accepted::kExhausted;
  }
  net_.metrics.accepted.add();
  net_.metrics.sockets.add(1);
  HttpConnection::start(net_, doors_, std::move(socket), peer.address());
  return Accepted::kOne;
}

void Listener::report_failure(int error) {
  net_.metrics.accept_failures.add();
  const auto now = net_.clock.steady_now();
  if (now - last_report_ < std::chrono::seconds(1)) return;
  last_report_ = now;
  LogLine(Level::kWarning, "accept_failed").with("reason", std::strerror(error));
}

void Listener::stop() {
  if (!acceptor_.is_open()) return;
  while (accept_one() == Accepted::kOne) {
  }
  back_off_.cancel();
  boost::system::error_code ignored;
  acceptor_.close(ignored);
}

}  // namespace hubbub
