// Who is let in to a WebSocket, and as what. docs/design.md, Signing in.
#pragma once

#include <functional>
#include <string>

#include "session/connection.h"
#include "session/session_host.h"

namespace hubbub {

// Lives on its reactor; borrows the host.
class Door final : public WebSocketDoor {
 public:
  explicit Door(SessionHost& host);

  // Too many from one address are refused before any token is looked at, and then everyone while
  // too many wait to sign in (sign_in_queue.h). Then the order of refusals is the old protocol's:
  // token, ban, upgrade. With hubbub.v1 the upgrade completes and the close code tells, since a
  // browser cannot see an HTTP status here.
  void admit(const HttpRequest& request, bool is_upgrade,
             std::function<void(Admission)> answer) override;

 private:
  void judge(std::string token, bool is_v1, bool is_upgrade, SignInQueue::Turn turn,
             std::function<void(Admission)> answer);
  Admission refuse_for(std::chrono::milliseconds wait, bool shows_close_code);
  Admission refuse_for_now(bool shows_close_code);
  Admission decide(const Result<Shared<Identity>>& verified, bool is_v1, bool is_upgrade,
                   SignInQueue::Turn turn);

  SessionHost& host_;
  Counter& refused_;
};

// The access token of a request: Authorization: Bearer (RFC 6750 2.1), the subprotocol
// bearer.<token>, or the query's `token`; empty when there is none.
std::string token_of(const HttpRequest& request);

}  // namespace hubbub
