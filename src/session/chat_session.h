// One signed-in connection, whatever its protocol: who it is, and how it follows logs without
// missing an entry.
//
// Lives on its connection's reactor; owned by net/ until on_closed(). While its outbox takes
// frames, entries come live from the hub. When it refuses one, the subscription turns idle and,
// once the outbox is empty, reads the log from the store page by page until the hub can go on
// (docs/catch-up.md).
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string_view>

#include "auth/identity.h"
#include "base/error.h"
#include "command/caller.h"
#include "hub/subscriber.h"
#include "session/connection.h"
#include "session/session_host.h"

namespace hubbub {

class ChatSession : public ConnectionEvents, public Subscriber {
 public:
  ChatSession(SessionHost& host, Shared<Identity> identity, WireForm form);
  ~ChatSession() override;

  void on_open(Connection& connection) final;
  void on_drained() final;
  void on_closed() final;

  bool deliver(const Shared<Frame>& frame) final;
  void on_fell_behind(Subscription& subscription) final;
  void on_history_replaced(Subscription& subscription, Seq head) final;
  void on_missed_presence(const v1::PresenceChange& change) final;
  void on_missed_directory() final;
  void on_account_change(const AccountChange& change) final;
  void on_sign_out(const SignOut& sign_out) final;

  // Given back once the socket has taken the greeting, so that no more of them wait than are read,
  // or with the next tick: one who does not read keeps others waiting for a second at most.
  void take_turn(SignInQueue::Turn turn) { turn_ = std::move(turn); }

  // A figure that another one replaces soon: only taken, at once, by a connection that keeps up.
  [[nodiscard]] bool offer(const Shared<Frame>& frame);
  [[nodiscard]] Caller caller() const;

  // Once a second.
  virtual void on_tick(Time now, SteadyTime steady_now);

 protected:
  // The user is known and their inbox was read: say what the protocol says first. Before it no live
  // frame is delivered; after it hub().join() holds.
  virtual void greet(const KnownUser& user, const LogPage& inbox) = 0;
  // An entry as it is replayed; null where the protocol has no word for it.
  virtual Shared<Frame> replay_frame(const Entry& entry) = 0;
  virtual Shared<Frame> presence_frame(const v1::PresenceChange& change) = 0;
  // Of another history than before: says so, and returns where to read on from; nothing where that
  // is not known before the page that is on its way.
  virtual std::optional<Seq> enter_history(const Subscription& subscription, Seq head) = 0;
  // The first look at each page. False: the subscription's position was changed, read again.
  virtual bool accept_page(Subscription&, const LogPage&) { return true; }
  virtual void on_replayed(const Subscription&, std::size_t /*entries*/) {}
  // Everything was read; what follows is live.
  virtual void on_caught_up(const Subscription&) {}
  // identity().role is another one now; what follows of channels follows from that.
  virtual void on_role_changed() {}
  // The account was closed: so is the connection.
  virtual void on_disabled() = 0;
  // Signed out at the issuer.
  virtual void on_signed_out() = 0;
  // How many of the inbox's newest entries greet() wants.
  [[nodiscard]] virtual std::size_t inbox_entries_wanted() const = 0;

  // Reads on from an idle subscription's position.
  void read_on(Subscription& subscription);

  // A page of a replay or history went to the outbox beyond its bound: so many, then it must drain.
  void note_unsent_page();
  [[nodiscard]] std::uint32_t unsent_pages() const { return unsent_pages_; }
  // An answer, ahead of what waits; but never ahead of the greeting.
  void answer(const Shared<Frame>& frame);

  [[nodiscard]] bool has_room() const { return connection_->has_room(); }
  [[nodiscard]] bool is_greeted() const { return is_greeted_; }
  [[nodiscard]] bool is_dashboard() const;
  [[nodiscard]] bool is_banned() const;
  [[nodiscard]] SessionHost& host() const { return host_; }
  Hub& hub() { return host_.hub; }
  Connection& connection() { return *connection_; }
  const Identity& identity() const { return *identity_; }
  // What another token of the same user says holds from now on.
  void renew_identity(Shared<Identity> identity);

  // f(ChatSession&, …) that does nothing once the session has ended: for what is answered later.
  template <class Function>
  auto guarded(Function function) {
    return [handle = handle(),
            function = std::move(function)]<class... Arguments>(Arguments&&... arguments) mutable {
      if (*handle) function(**handle, std::forward<Arguments>(arguments)...);
    };
  }

 private:
  friend class SessionHost;

  // Points to this session; to nothing once it has ended.
  using Handle = std::shared_ptr<ChatSession*>;
  Handle handle();
  // Into the hub. False: it was closed instead.
  bool enter();
  void prepare(bool may_remember);
  void remember_user();
  [[nodiscard]] bool submit_user(std::function<void(const Result<Committed>&)> done);
  void on_page(const LogName& name, std::uint32_t serial, const Result<LogPage>& page);
  void set_identity(Shared<Identity> identity);
  void wait_for_drain();
  void send_missed_presence();
  void give_up();

  SessionHost& host_;
  Shared<Identity> identity_;
  Connection* connection_ = nullptr;
  Handle handle_;
  SignInQueue::Turn turn_;
  // Allocated only while an outbox is full.
  std::unique_ptr<std::map<UserId, v1::PresenceChange>> missed_presence_;
  std::uint32_t host_index_ = 0;
  std::uint32_t unsent_pages_ = 0;
  bool is_present_ = false;  // the others were told
  bool is_greeted_ = false;
  bool is_congested_ = false;
  bool is_greeting_sent_ = false;
};

}  // namespace hubbub
