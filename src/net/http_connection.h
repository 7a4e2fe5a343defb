// One HTTP/1.1 connection: a request, its answer, and the next, one at a time, until it ends or
// becomes a WebSocket.
//
// Lives on its reactor. Nothing is read while a request is being answered, so a peer that sends
// requests ahead waits in its own socket. The states:
//   kReading    a request is awaited or arriving; deadline: header, body, or keep-alive
//   kServing    rest/ or the door has it; deadline: 504
//   kWriting    the answer is leaving; deadline: the peer takes nothing
//   kLingering  our side is shut; reads on until the peer's end, so that no reset destroys the
//   answer kEnded      the socket is closed, or a WebSocket's
#pragma once

#include <boost/asio/ip/address.hpp>
#include <cstdint>
#include <memory>
#include <string>

#include "net/connection_registry.h"
#include "net/forwarded.h"
#include "net/http_reader.h"
#include "net/reactor_net.h"
#include "net/socket.h"
#include "rest/http_service.h"
#include "session/connection.h"

namespace hubbub {

// Whom HTTP connections hand requests to. Borrows both.
struct HttpDoors {
  HttpService& service;
  WebSocketDoor& door;
  TrustedProxies trusted;
};

class HttpConnection final : public RegisteredConnection {
 public:
  // The socket counts as open already (NetMetrics::sockets).
  static void start(ReactorNet& net, const HttpDoors& doors, Socket socket,
                    const boost::asio::ip::address& peer);
  HttpConnection(ReactorNet& net, const HttpDoors& doors, Socket socket,
                 const boost::asio::ip::address& peer);

  void on_tick() override;
  bool go_away(CloseCode code, const std::function<std::string()>& reason) override;
  void cut_off() override;

 private:
  using Self = boost::intrusive_ptr<HttpConnection>;
  enum class State : std::uint8_t { kReading, kServing, kWriting, kLingering, kEnded };
  // What an answer that comes later finds its connection by; null once it is answered or gone.
  // Owned by a shared_ptr, whose count is atomic: a reply may be dropped on another thread.
  struct Awaited {
    HttpConnection* connection;
  };

  // Nothing of a next request is here.
  [[nodiscard]] bool is_idle() const { return pending_.empty() && !reader_.has_begun(); }
  void arm_read();
  void on_readable(const boost::system::error_code& error);
  void advance();
  void expect(std::chrono::seconds span) { deadline_s_ = net_.registry.deadline_in(span); }

  void serve(ReadRequest read);
  void admit(HttpRequest request, bool is_upgrade);
  void on_admission(Admission admission);
  void upgrade(const std::string& subprotocol, std::unique_ptr<ConnectionEvents> events,
               const AdmittedToClose* refusal);
  void forget_awaited();

  void refuse(int status);
  void respond(HttpResponse response);
  void write();
  void on_written();
  void end();

  ReactorNet& net_;
  const HttpDoors& doors_;
  Socket socket_;
  const boost::asio::ip::address peer_;
  HttpReader reader_;
  std::string pending_;  // bytes read and not yet understood
  HttpRequest request_;  // while the door decides on it
  std::shared_ptr<Awaited> awaited_;
  std::string head_;
  std::string body_;
  std::size_t written_bytes_ = 0;
  std::uint32_t deadline_s_ = 0;
  State state_ = State::kReading;
  bool keep_alive_ = true;
  bool is_head_request_ = false;
  bool has_served_ = false;
  bool is_read_armed_ = false;
};

}  // namespace hubbub
