// The door between net/, which knows bytes, and sessions, which know chat. Everything here lives on
// one reactor; nothing here blocks.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <variant>

#include "base/shared.h"
#include "wire/frame.h"
#include "wire/http_message.h"

namespace hubbub {

// What a session may ask of its WebSocket connection. Implemented by net/.
class Connection {
 public:
  virtual ~Connection() = default;

  // Puts the frame in line; it leaves with this reactor's next flush.
  // Errors: false, and nothing taken, when the outbox is full (then on_drained() follows once it is
  // empty) or the connection is closing.
  [[nodiscard]] virtual bool send(const Shared<Frame>& frame) = 0;

  // As send(), ahead of every whole frame that waits: acknowledgements, errors, pings. Taken beyond
  // the outbox's bound too, up to a small bound of its own, past which the connection is closed as
  // stalled: what a sender waits for is never dropped silently.
  virtual void send_urgent(const Shared<Frame>& frame) = 0;

  // A frame of a greeting, a history or a replay page: in order with send(), not counted against
  // the outbox's bound. The caller bounds them: it sends the next page when on_drained() says so.
  // False only when closing.
  [[nodiscard]] virtual bool send_unbounded(const Shared<Frame>& frame) = 0;

  // As send(), but only while the socket takes all that it is given: for what is stale soon. False,
  // and nothing taken, for a slow reader; nobody calls back.
  [[nodiscard]] virtual bool send_if_ready(const Shared<Frame>& frame) = 0;

  // False while all connections together have as much waiting as they may: then send_unbounded() is
  // for greetings and answers only; pages wait for on_drained().
  [[nodiscard]] virtual bool has_room() const = 0;

  // on_drained() is called once when nothing waits any more and has_room(); at the next flush if
  // that is so now.
  virtual void notify_drained() = 0;

  // Sends what waits, then a close frame (RFC 6455 5.5.1: reason of 123 bytes at most), then ends.
  // on_closed() follows later, never from inside this call. Idempotent.
  virtual void close(CloseCode code, std::string_view reason) = 0;
};

// What net/ tells the session of a WebSocket connection. Implemented by session/.
class ConnectionEvents {
 public:
  virtual ~ConnectionEvents() = default;

  // The handshake is on its way. `connection` outlives every call but on_closed(), after which it
  // is gone.
  virtual void on_open(Connection& connection) = 0;
  // One whole message, text (its UTF-8 checked) or binary. Borrows: valid during the call.
  virtual void on_message(Opcode opcode, std::string_view message) = 0;
  virtual void on_drained() = 0;
  // Once, last. net/ then destroys this object.
  virtual void on_closed() = 0;
};

// The verdict on a request for an upgrade.
struct Admitted {
  std::string subprotocol;  // echoed; empty: none
  std::unique_ptr<ConnectionEvents> events;
};
// Upgraded, then closed with a code: a browser sees no HTTP status.
struct AdmittedToClose {
  std::string subprotocol;
  CloseCode code;
  std::string reason;
};
using Admission = std::variant<HttpResponse, Admitted, AdmittedToClose>;

// Who is let in. Implemented by session/, one per reactor.
class WebSocketDoor {
 public:
  virtual ~WebSocketDoor() = default;
  // `request` is a GET whose path is /ws; `is_upgrade` says whether its upgrade headers are valid
  // (RFC 6455 4.2.1). Answers once, at once or later, on the reactor of the call.
  virtual void admit(const HttpRequest& request, bool is_upgrade,
                     std::function<void(Admission)> answer) = 0;
};

}  // namespace hubbub
