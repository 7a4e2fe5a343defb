#include "session/chat_session.h"

#include <limits>
#include <utility>

#include "base/log_line.h"
#include "session/present_identity.h"

namespace hubbub {
namespace {

constexpr std::string_view kDashboardClient = "WebClient";

// Someone the store knows, and the end of their inbox.
struct Prepared {
  std::optional<KnownUser> user;
  LogPage inbox;
};

bool is_as_known(const KnownUser& known, const Caller& caller) {
  return known.user.username == caller.user.username && known.role == caller.role;
}

}  // namespace

ChatSession::ChatSession(SessionHost& host, Shared<Identity> identity, WireForm form)
    : Subscriber(form), host_(host), identity_(std::move(identity)) {}

ChatSession::~ChatSession() {
  if (handle_) *handle_ = nullptr;
}

void ChatSession::on_open(Connection& connection) {
  connection_ = &connection;
  host_.add(*this);
  if (!enter()) return turn_.end();
  is_present_ = true;
  host_.services.bus.publish(
      std::make_shared<const PresenceNotice>(PresenceNotice{caller().user, +1, is_dashboard()}));
  prepare(true);
}

bool ChatSession::enter() {
  hub().enter(*this, identity_->user, identity_->role);
  // A ban, a sign-out or a change of the account may have come after the door's verdict.
  if (is_banned()) {
    on_banned();
    return false;
  }
  if (hub().has_signed_out(issued_token(*identity_))) {
    on_signed_out();
    return false;
  }
  const auto change = hub().account_change_of(identity_->user, host_.services.clock.now());
  if (change) on_account_change(*change);
  return !(change && change->is_disabled);
}

void ChatSession::on_closed() {
  if (handle_) *handle_ = nullptr;
  handle_.reset();
  turn_.end();
  hub().leave(*this, identity_->user);
  host_.remove(*this);
  if (is_present_) {
    host_.services.bus.publish(
        std::make_shared<const PresenceNotice>(PresenceNotice{caller().user, -1, is_dashboard()}));
  }
  connection_ = nullptr;
}

void ChatSession::prepare(bool may_remember) {
  const auto read = [me = identity_->user,
                     wanted = inbox_entries_wanted()](Store& store) -> Result<Prepared> {
    auto user = store.find_user(me);
    if (!user) return user.error();
    if (!*user) return Prepared{};
    auto inbox =
        store.read_before((*user)->inbox, std::numeric_limits<std::int64_t>::max(), wanted);
    if (!inbox) return inbox.error();
    return Prepared{std::move(*user), std::move(*inbox)};
  };
  host_.services.reader.ask(
      host_.reactor, read,
      guarded([may_remember](ChatSession& me, const Result<Prepared>& prepared) {
        if (!prepared) return me.give_up();
        const auto& known = prepared->user;
        if (may_remember && !(known && is_as_known(*known, me.caller()))) {
          return me.remember_user();
        }
        if (!known) return me.give_up();
        me.hub().join(me);
        me.is_greeted_ = true;
        me.greet(*known, prepared->inbox);
        me.turn_.greeted();
        me.wait_for_drain();
      }));
}

void ChatSession::remember_user() {
  const bool is_submitted =
      submit_user(guarded([](ChatSession& me, const Result<Committed>& committed) {
        if (committed) {
          me.prepare(false);
        } else {
          me.give_up();
        }
      }));
  if (!is_submitted) give_up();
}

bool ChatSession::submit_user(std::function<void(const Result<Committed>&)> done) {
  Submission submission{RememberUser{caller().user, Time{}, caller().role}, &host_.reactor,
                        std::move(done)};
  return host_.services.writer.submit(std::move(submission)).has_value();
}

// The store cannot be had: without it there is no greeting that would be true.
void ChatSession::give_up() {
  turn_.end();
  connection_->close(CloseCode::kTryAgainLater, "the store is unavailable");
}

bool ChatSession::deliver(const Shared<Frame>& frame) {
  if (is_congested_) return false;
  if (connection_->send(frame)) return true;
  is_congested_ = true;
  wait_for_drain();
  return false;
}

bool ChatSession::offer(const Shared<Frame>& frame) {
  return !is_congested_ && connection_->send_if_ready(frame);
}

void ChatSession::on_fell_behind(Subscription&) {
  host_.fell_behind.add();
  // After a gap in the publications nothing waits: this then calls back with the next flush.
  wait_for_drain();
}

void ChatSession::on_history_replaced(Subscription& subscription, Seq head) {
  const auto position = enter_history(subscription, head);
  if (!position) return;
  subscription.position = *position;
  // A page that is on its way follows a position that does not count any more.
  subscription.serial = host_.next_serial();
  subscription.is_reading = false;
  wait_for_drain();
}

void ChatSession::on_missed_presence(const v1::PresenceChange& change) {
  if (!missed_presence_) {
    missed_presence_ = std::make_unique<std::map<UserId, v1::PresenceChange>>();
  }
  if (missed_presence_->size() >= host_.services.limits.missed_presence_max) {
    connection_->close(CloseCode::kIdle, "stalled");
    return;
  }
  missed_presence_->insert_or_assign(change.user.id, change);
}

void ChatSession::on_missed_directory() {
  // Rare and small: the new hello tells what this one missed.
  connection_->close(CloseCode::kTryAgainLater, "the channels changed while you were behind");
}

void ChatSession::on_account_change(const AccountChange& change) {
  if (change.is_disabled) return on_disabled();
  if (!change.role) return;
  auto identity = std::make_shared<Identity>(*identity_);
  identity->role = *change.role;
  set_identity(std::move(identity));
}

void ChatSession::on_sign_out(const SignOut& sign_out) {
  if (is_ended_by(sign_out, issued_token(*identity_))) on_signed_out();
}

void ChatSession::renew_identity(Shared<Identity> identity) {
  const bool is_known =
      identity->username == identity_->username && identity->role == identity_->role;
  set_identity(std::move(identity));
  // Should it fail, the next connection says it again.
  if (!is_known) static_cast<void>(submit_user([](const Result<Committed>&) {}));
}

void ChatSession::set_identity(Shared<Identity> identity) {
  const bool is_other_role = identity->role != identity_->role;
  identity_ = std::move(identity);
  if (!is_other_role) return;
  on_role_changed();
  hub().set_audience(*this, identity_->role);
}

void ChatSession::wait_for_drain() { connection_->notify_drained(); }

void ChatSession::note_unsent_page() {
  ++unsent_pages_;
  wait_for_drain();
}

void ChatSession::answer(const Shared<Frame>& frame) {
  if (is_greeting_sent_) return connection_->send_urgent(frame);
  [[maybe_unused]] const bool is_open = connection_->send_unbounded(frame);
}

void ChatSession::on_drained() {
  is_congested_ = false;
  if (is_greeted_) turn_.end();
  is_greeting_sent_ = is_greeted_;
  unsent_pages_ = 0;
  send_missed_presence();
  // read_on() only marks: the vector stays as it is.
  for (const auto& subscription : subscriptions()) {
    if (subscription.state == Subscription::State::kIdle && !subscription.is_reading) {
      read_on(*hub().find(*this, subscription.name));
    }
  }
}

void ChatSession::send_missed_presence() {
  if (!missed_presence_) return;
  const auto missed = std::exchange(missed_presence_, nullptr);
  for (const auto& [id, change] : *missed) {
    if (!connection_->send_unbounded(presence_frame(change))) return;
  }
}

void ChatSession::on_tick(Time, SteadyTime) {
  if (!is_greeted_) return;
  turn_.end();
  if (is_congested_) return;
  // A page that could not be read is asked for again.
  for (const auto& subscription : subscriptions()) {
    if (subscription.state == Subscription::State::kIdle && !subscription.is_reading) {
      wait_for_drain();
      return;
    }
  }
}

void ChatSession::read_on(Subscription& subscription) {
  if (unsent_pages_ >= host_.services.limits.unsent_pages_max) return;  // on_drained() comes back
  if (!connection_->has_room()) return wait_for_drain();
  subscription.is_reading = true;
  subscription.serial = host_.next_serial();
  const auto count = host_.services.limits.page_entries;
  host_.services.reader.ask(
      host_.reactor,
      [log = subscription.log, after = subscription.position, count](Store& store) {
        return store.read_after(log, after, count);
      },
      guarded(
          [name = subscription.name, serial = subscription.serial](
              ChatSession& me, const Result<LogPage>& page) { me.on_page(name, serial, page); }));
}

void ChatSession::on_page(const LogName& name, std::uint32_t serial, const Result<LogPage>& page) {
  auto* subscription = hub().find(*this, name);
  if (!subscription || subscription->serial != serial) return;
  subscription->is_reading = false;
  if (!page) return;  // on_tick() tries again
  hub().note_history(subscription->log, page->epoch, page->head);
  if (subscription->serial != serial) return;
  if (!accept_page(*subscription, *page)) return read_on(*subscription);
  for (const auto& entry : page->entries) {
    const auto frame = replay_frame(entry);
    if (frame && !connection_->send_unbounded(frame)) return;
    subscription->position = entry.seq;
  }
  on_replayed(*subscription, page->entries.size());
  if (!page->entries.empty()) note_unsent_page();
  if (!page->entries.empty() && subscription->position < page->head) return;
  subscription->position = page->head;
  if (!hub().resume(*this, *subscription)) return read_on(*subscription);
  on_caught_up(*subscription);
}

bool ChatSession::is_dashboard() const { return identity_->authorized_party == kDashboardClient; }

bool ChatSession::is_banned() const {
  return host_.hub.restrictions().ban_of(identity_->user, host_.services.clock.now()).has_value();
}

Caller ChatSession::caller() const {
  return {{identity_->user, identity_->username}, identity_->role};
}

ChatSession::Handle ChatSession::handle() {
  if (!handle_) handle_ = std::make_shared<ChatSession*>(this);
  return handle_;
}

}  // namespace hubbub
