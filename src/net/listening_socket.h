// The sockets that a server accepts on: one for each reactor, all on one port (SO_REUSEPORT), so
// that the kernel spreads connections and no reactor waits for another.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "net/net_limits.h"

namespace hubbub {

// Owns a file descriptor.
class ListeningSocket {
 public:
  explicit ListeningSocket(int descriptor) : descriptor_(descriptor) {}
  ListeningSocket(ListeningSocket&& other) noexcept : descriptor_(other.release()) {}
  ListeningSocket& operator=(ListeningSocket&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
  }
  ~ListeningSocket();

  [[nodiscard]] int descriptor() const { return descriptor_; }
  int release() { return std::exchange(descriptor_, -1); }

 private:
  int descriptor_;
};

struct Listening {
  std::vector<ListeningSocket> sockets;  // one for each reactor
  std::string address;                   // "127.0.0.1:8080", with the real port
  std::uint16_t port = 0;
};

// `address` is "127.0.0.1:8080", "[::]:8080" (IPv4 too), "localhost:8080" or "0.0.0.0:0" (any free
// port). Errors: kInvalid for what is no such address, with a sentence for the operator. Blocks
// while it looks a name up: for the start only.
Result<boost::asio::ip::tcp::endpoint> listen_endpoint(std::string_view address);

// Errors: those of listen_endpoint; kUnavailable when the port is in use, by whomever: the detail
// is a sentence for the operator.
Result<Listening> bind_listeners(std::string_view address, std::size_t reactor_count,
                                 const NetLimits& limits);

}  // namespace hubbub
