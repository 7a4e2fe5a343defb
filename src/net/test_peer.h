// The far end of a connection, for tests: a socket pair, without ports and without waiting.
#pragma once

#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "base/check.h"
#include "base/reactor.h"
#include "net/socket.h"

namespace hubbub {

class TestPeer {
 public:
  TestPeer() {
    HUBBUB_CHECK(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends_.data()) == 0);
  }
  TestPeer(const TestPeer&) = delete;
  TestPeer& operator=(const TestPeer&) = delete;
  ~TestPeer() {
    leave();
    if (ends_[0] >= 0) ::close(ends_[0]);
  }

  // The server's end. REQUIRES: called once.
  Socket server_end(Reactor& reactor) {
    // Asio asks nothing of the protocol once it has a descriptor.
    return {reactor.context().get_executor(), boost::asio::ip::tcp::v4(),
            std::exchange(ends_[0], -1)};
  }
  // Kernel buffers as small as can be had, so that the server soon has to wait.
  void take_little() {
    const int bytes = 1;
    HUBBUB_CHECK(::setsockopt(ends_[0], SOL_SOCKET, SO_SNDBUF, &bytes, sizeof bytes) == 0);
  }

  void send(std::string_view bytes) {
    HUBBUB_CHECK(::send(ends_[1], bytes.data(), bytes.size(), MSG_NOSIGNAL) ==
                 static_cast<ssize_t>(bytes.size()));
  }
  // All that is there now.
  std::string receive() {
    std::string all;
    std::array<char, 4096> buffer{};
    ssize_t got = 0;
    while ((got = ::recv(ends_[1], buffer.data(), buffer.size(), 0)) > 0) {
      all.append(buffer.data(), static_cast<std::size_t>(got));
    }
    if (got == 0) is_at_end_ = true;
    return all;
  }
  // receive() has seen the server's end.
  [[nodiscard]] bool is_at_end() const { return is_at_end_; }
  // The server has closed its socket, not merely its side.
  [[nodiscard]] bool is_cut() const {
    return ::send(ends_[1], "", 0, MSG_NOSIGNAL) < 0 || ::send(ends_[1], "x", 1, MSG_NOSIGNAL) < 0;
  }
  void finish_sending() { ::shutdown(ends_[1], SHUT_WR); }
  void leave() {
    if (ends_[1] >= 0) ::close(std::exchange(ends_[1], -1));
  }

 private:
  std::array<int, 2> ends_{-1, -1};
  bool is_at_end_ = false;
};

}  // namespace hubbub
