// One WebSocket of a participant, for one reading or writing coroutine at a time of each kind.
//
// Lives on the cast's thread. Whoever waits in a call is told of the end by `false`; a connection
// that has ended stays so until the next open().
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace hubbub::torture {

class Connection {
 public:
  explicit Connection(boost::asio::any_io_executor executor);
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection();

  // `target`: of the HTTP request. `subprotocols`: empty for the old protocol. `receive_buffer`: of
  // the socket, 0 for the system's; a small one shows the server sooner that nothing is read. Unit:
  // bytes.
  boost::asio::awaitable<bool> open(std::uint16_t port, std::string target,
                                    std::string subprotocols, int receive_buffer);
  boost::asio::awaitable<bool> write(std::string text);
  // The next message is in message() then.
  boost::asio::awaitable<bool> read();
  // With the close handshake: when it comes back with true, the server has read everything that was
  // written. What arrives meanwhile is lost.
  boost::asio::awaitable<bool> close();
  // At once, without a word: the server gets a reset.
  void cut();

  // Borrows: until the next read().
  [[nodiscard]] std::string_view message() const;

 private:
  struct Socket;
  boost::asio::any_io_executor executor_;
  std::unique_ptr<Socket> socket_;
};

}  // namespace hubbub::torture
