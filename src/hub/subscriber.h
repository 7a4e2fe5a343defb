// What the hub knows of a session: its form, and which logs it follows from where.
//
// Lives on one reactor, as the hub does.
#pragma once

#include <cstdint>
#include <vector>

#include "base/ids.h"
#include "base/shared.h"
#include "hub/audience.h"
#include "wire/account_change.h"
#include "wire/client_command.h"
#include "wire/entry.h"
#include "wire/frame.h"
#include "wire/sign_out.h"
#include "wire/v1_frames.h"

namespace hubbub {

enum class WireForm : std::uint8_t { kOld, kV1 };

// One log that a subscriber follows. Idle: the subscriber itself reads the log and moves
// `position`. Live: it has everything up to the topic's head, which stands for its position.
// Joining: it has everything up to `position`, read from the store, maybe ahead of what this
// reactor has published yet.
struct Subscription {
  enum class State : std::uint8_t { kIdle, kJoining, kLive };

  LogName name;
  LogId log;
  Seq position = 0;         // what was taken, while not live
  std::uint32_t index = 0;  // where it stands in its topic, while not idle
  State state = State::kIdle;
  bool is_reading = false;   // the subscriber's own mark: a page is on its way
  std::uint32_t serial = 0;  // the subscriber's own mark: tells it from an earlier one of this name
};

class Subscriber {
 public:
  explicit Subscriber(WireForm form) : form_(form) {}
  Subscriber(const Subscriber&) = delete;
  Subscriber& operator=(const Subscriber&) = delete;

  // Takes a live frame. Errors: false, and nothing taken, when the outbox is full.
  virtual bool deliver(const Shared<Frame>& frame) = 0;
  // deliver() was refused: the subscription is idle now, its position before the refused entry.
  virtual void on_fell_behind(Subscription& subscription) = 0;
  // The log's history was replaced by another, which ends at `head`: its epoch is a new one. The
  // subscription is idle, its position one of the history before.
  virtual void on_history_replaced(Subscription& subscription, Seq head) = 0;
  // deliver() of a presence change was refused: the person's state is to be sent later.
  virtual void on_missed_presence(const v1::PresenceChange& change) = 0;
  // deliver() of a change of channels or limits was refused.
  virtual void on_missed_directory() = 0;
  // A channel is there for this subscriber that was not before: created, restored or opened.
  virtual void on_channel_created(const Channel& channel) = 0;
  // The log ended for this subscriber, and with it the subscription of that name.
  virtual void on_log_ended(const LogName& name) = 0;
  // The user is banned from now on. Does not leave the hub from inside this call.
  virtual void on_banned() = 0;
  // As on_banned().
  virtual void on_account_change(const AccountChange& change) = 0;
  // Somebody signed out, maybe the user. As on_banned().
  virtual void on_sign_out(const SignOut& sign_out) = 0;

  [[nodiscard]] WireForm form() const { return form_; }
  [[nodiscard]] Role audience() const { return audience_; }
  [[nodiscard]] const std::vector<Subscription>& subscriptions() const { return subscriptions_; }

 protected:
  ~Subscriber() = default;

 private:
  friend class Hub;
  friend class Topic;

  const WireForm form_;
  Role audience_ = Role::kMember;
  bool has_joined_ = false;
  // The hub's number for the user, the same for all of a user's connections on this reactor.
  std::uint32_t user_number_ = 0;
  std::uint32_t everyone_index_ = 0;
  std::vector<Subscription> subscriptions_;
};

}  // namespace hubbub
