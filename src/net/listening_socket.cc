#include "net/listening_socket.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <optional>

#include "net/forwarded.h"

namespace hubbub {
namespace {

using boost::asio::ip::tcp;

// More than this the kernel holds back by itself (net.core.somaxconn).
constexpr int kAcceptQueueMax = 4096;

struct HostPort {
  std::string host;
  std::uint16_t port;
};

std::optional<HostPort> split(std::string_view address) {
  const auto colon = address.rfind(':');
  if (colon == std::string_view::npos || colon == 0) return std::nullopt;
  auto host = address.substr(0, colon);
  const auto digits = address.substr(colon + 1);
  HostPort parts{};
  const auto [end, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), parts.port);
  if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  const bool is_bracketed = host.starts_with('[') && host.ends_with(']');
  if (is_bracketed) host = host.substr(1, host.size() - 2);
  if (!is_bracketed && host.find(':') != std::string_view::npos) return std::nullopt;
  parts.host = host;
  return parts;
}

// The first address of the name, IPv4 before IPv6: "localhost" is 127.0.0.1, as the old clients
// write it.
std::optional<tcp::endpoint> look_up(const HostPort& parts) {
  boost::system::error_code error;
  boost::asio::io_context context;
  tcp::resolver resolver(context);
  const auto found =
      resolver.resolve(parts.host, std::to_string(parts.port), tcp::resolver::passive, error);
  if (error || found.empty()) return std::nullopt;
  for (const auto& entry : found) {
    if (entry.endpoint().address().is_v4()) return entry.endpoint();
  }
  return found.begin()->endpoint();
}

std::string text_of(const tcp::endpoint& endpoint) {
  const auto host = address_text(endpoint.address());
  const auto port = std::to_string(endpoint.port());
  return endpoint.address().is_v6() ? "[" + host + "]:" + port : host + ":" + port;
}

void set_option(const ListeningSocket& socket, int level, int name, int value) {
  // Tuning: where a kernel does not know an option, the server still works.
  ::setsockopt(socket.descriptor(), level, name, &value, sizeof value);
}

// Accepted sockets inherit these, which saves five system calls a connection.
void set_inherited(const ListeningSocket& socket, const NetLimits& limits) {
  set_option(socket, IPPROTO_TCP, TCP_NODELAY, 1);
  set_option(socket, SOL_SOCKET, SO_KEEPALIVE, 1);
  set_option(socket, IPPROTO_TCP, TCP_KEEPIDLE, static_cast<int>(limits.keepalive_after.count()));
  set_option(socket, IPPROTO_TCP, TCP_KEEPINTVL,
             static_cast<int>(limits.keepalive_interval.count()));
  set_option(socket, IPPROTO_TCP, TCP_KEEPCNT, limits.keepalive_probes);
  if (limits.unsent_bytes_max > 0) {
    set_option(socket, IPPROTO_TCP, TCP_NOTSENT_LOWAT, static_cast<int>(limits.unsent_bytes_max));
  }
}

// Errors: errno of bind() or listen().
Result<ListeningSocket> open_listening(const tcp::endpoint& endpoint, bool shares_port,
                                       const NetLimits& limits) {
  const Error refusal{Code::kUnavailable, {}};
  ListeningSocket socket(
      ::socket(endpoint.protocol().family(), SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (socket.descriptor() < 0) return refusal;
  // Connections of an earlier run that are still in TIME_WAIT do not count as a server.
  set_option(socket, SOL_SOCKET, SO_REUSEADDR, 1);
  if (shares_port) set_option(socket, SOL_SOCKET, SO_REUSEPORT, 1);
  if (endpoint.address().is_v6()) set_option(socket, IPPROTO_IPV6, IPV6_V6ONLY, 0);
  set_inherited(socket, limits);
  if (::bind(socket.descriptor(), endpoint.data(), static_cast<socklen_t>(endpoint.size())) != 0) {
    return refusal;
  }
  if (::listen(socket.descriptor(), kAcceptQueueMax) != 0) return refusal;
  return socket;
}

Error cannot_listen(const tcp::endpoint& endpoint, int error) {
  if (error == EADDRINUSE) {
    return {Code::kUnavailable, "Another program, perhaps another Hubbub, already listens on " +
                                    text_of(endpoint) + "."};
  }
  return {Code::kUnavailable,
          "Cannot listen on " + text_of(endpoint) + ": " + std::strerror(error) + "."};
}

}  // namespace

ListeningSocket::~ListeningSocket() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Result<tcp::endpoint> listen_endpoint(std::string_view address) {
  const auto parts = split(address);
  if (const auto endpoint = parts ? look_up(*parts) : std::nullopt) return *endpoint;
  return Error{Code::kInvalid, "'" + std::string(address) +
                                   "' is not an address to listen on, like 127.0.0.1:8080."};
}

Result<Listening> bind_listeners(std::string_view address, std::size_t reactor_count,
                                 const NetLimits& limits) {
  auto endpoint = listen_endpoint(address);
  if (!endpoint) return endpoint.error();
  {
    // Alone first: sockets with SO_REUSEPORT would silently share the port with another instance's.
    const auto probe = open_listening(*endpoint, false, limits);
    if (!probe) return cannot_listen(*endpoint, errno);
    tcp::endpoint bound;
    auto size = static_cast<socklen_t>(bound.capacity());
    if (::getsockname(probe->descriptor(), bound.data(), &size) != 0) {
      return cannot_listen(*endpoint, errno);
    }
    endpoint->port(bound.port());
  }
  Listening listening;
  for (std::size_t i = 0; i < reactor_count; ++i) {
    auto socket = open_listening(*endpoint, true, limits);
    if (!socket) return cannot_listen(*endpoint, errno);
    listening.sockets.push_back(std::move(*socket));
  }
  listening.address = text_of(*endpoint);
  listening.port = endpoint->port();
  return listening;
}

}  // namespace hubbub
