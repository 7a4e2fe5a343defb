// Accepts connections for one reactor, and goes on whatever happens: a server that is out of file
// descriptors serves those who are there and tries again.
#pragma once

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/steady_timer.hpp>

#include "net/http_connection.h"
#include "net/listening_socket.h"
#include "net/reactor_net.h"

namespace hubbub {

// Thread: its reactor's.
class Listener {
 public:
  Listener(ReactorNet& net, const HttpDoors& doors, ListeningSocket socket);
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

  void start();
  // Takes what the kernel has accepted already, then closes: nobody whose connection stands is
  // reset. Idempotent.
  void stop();

 private:
  using Acceptor = boost::asio::basic_socket_acceptor<boost::asio::ip::tcp,
                                                      boost::asio::io_context::executor_type>;
  // Accepted before other handlers have their turn.
  static constexpr int kTurnCount = 64;
  static constexpr std::chrono::milliseconds kBackOff{100};
  enum class Accepted { kOne, kNone, kExhausted };

  void arm();
  void on_acceptable();
  Accepted accept_one();
  void report_failure(int error);

  ReactorNet& net_;
  const HttpDoors& doors_;
  Acceptor acceptor_;
  boost::asio::steady_timer back_off_;
  SteadyTime last_report_{};
};

}  // namespace hubbub
