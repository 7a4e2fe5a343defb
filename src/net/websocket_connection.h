// One WebSocket (RFC 6455), from the 101 to the end of its TCP connection.
//
// Lives on its reactor. Owns the socket and the session's ConnectionEvents. The states go one way:
//   kOpen     messages go both ways;
//   kClosing  a close frame is in line; nothing more is taken from either side; the session is told
//             with the next flush, unless it was told already;
//   kShut     the close frame has left and our side is shut; waits for the peer's end, so that no
//             reset overtakes what we sent;
//   kEnded    the socket is closed; the object goes with the last handler that refers to it.
// Only handlers of the loop (reading, flushing, ticking) end a connection or call on_closed(),
// never send() or close(): a session is not destroyed beneath its own feet.
#pragma once

#include <boost/smart_ptr/intrusive_ptr.hpp>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "net/connection_registry.h"
#include "net/flush_schedule.h"
#include "net/frame_parser.h"
#include "net/outbox.h"
#include "net/reactor_net.h"
#include "net/socket.h"
#include "session/connection.h"

namespace hubbub {

class WebSocketConnection final : public Connection, public Flushable, public RegisteredConnection {
 public:
  // Sends `handshake` first of all, announces the connection, and handles `leftover`: what the peer
  // sent behind its request. `has_subprotocol`: it is pinged and may be found idle. `events` may be
  // null: for a connection that is closed at once. REQUIRES: not called from within a session or a
  // door. Calls on_open(), maybe on_message().
  static boost::intrusive_ptr<WebSocketConnection> start(ReactorNet& net, Socket socket,
                                                         std::string handshake,
                                                         std::string leftover, bool has_subprotocol,
                                                         std::unique_ptr<ConnectionEvents> events);
  WebSocketConnection(ReactorNet& net, Socket socket, bool has_subprotocol,
                      std::unique_ptr<ConnectionEvents> events);

  bool send(const Shared<Frame>& frame) override;
  void send_urgent(const Shared<Frame>& frame) override;
  bool send_unbounded(const Shared<Frame>& frame) override;
  bool send_if_ready(const Shared<Frame>& frame) override;
  [[nodiscard]] bool has_room() const override { return !net_.outboxes.is_full(); }
  void notify_drained() override;
  void close(CloseCode code, std::string_view reason) override;

  void flush() override;
  void on_tick() override;
  bool go_away(CloseCode code, const std::function<std::string()>& reason) override;
  void cut_off() override;

 private:
  using Self = boost::intrusive_ptr<WebSocketConnection>;
  enum class State : std::uint8_t { kOpen, kClosing, kShut, kEnded };
  // RFC 6455 7.4.1: never sent; says that there was no close frame.
  static constexpr std::uint16_t kAbnormal = 1006;

  void arm_read();
  [[nodiscard]] bool has_many_answers() const;
  void on_readable(const boost::system::error_code& error);
  void process(std::span<char> bytes);
  void handle(const Received& received);

  void write();
  void await_writable();
  void finish_sending();

  void begin_close(std::uint16_t code, std::string_view reason);
  void end_session();
  void end();

  ReactorNet& net_;
  Socket socket_;
  FrameParser parser_;
  Outbox outbox_;
  std::unique_ptr<ConnectionEvents> events_;
  // Unit: seconds of the registry's clock.
  std::uint32_t heard_s_ = 0;       // the peer's last bytes
  std::uint32_t pinged_s_ = 0;      // our last ping
  std::uint32_t progressed_s_ = 0;  // the socket last took something, or began to refuse
  std::uint32_t deadline_s_ = 0;    // of kClosing and kShut
  std::uint16_t close_code_ = kAbnormal;
  State state_ = State::kOpen;
  bool has_subprotocol_ : 1;
  bool awaits_writable_ : 1 = false;
  bool wants_drained_ : 1 = false;
  bool is_overrun_ : 1 = false;
  bool is_read_paused_ : 1 = false;
  bool peer_has_ended_ : 1 = false;
};

}  // namespace hubbub
