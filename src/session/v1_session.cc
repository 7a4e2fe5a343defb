#include "session/v1_session.h"

#include <algorithm>
#include <utility>

#include "base/random.h"
#include "command/message_text.h"
#include "wire/v1_frames.h"

namespace hubbub {
namespace {

// Each role includes those before it.
std::vector<std::string> role_names_of(Role role) {
  std::vector<std::string> names;
  for (const auto one : {Role::kMember, Role::kModerator, Role::kAdmin}) {
    if (has_at_least(role, one)) names.emplace_back(role_name(one));
  }
  return names;
}

}  // namespace

V1Session::V1Session(SessionHost& host, Shared<Identity> identity)
    : ChatSession(host, std::move(identity), WireForm::kV1),
      early_(std::make_unique<std::vector<std::string>>()) {
  expect_expiry();
}

void V1Session::greet(const KnownUser& user, const LogPage& inbox) {
  const auto& services = host().services;
  inbox_ = user.inbox;
  // Spread over the interval, so that sessions which came together do not beat together.
  const auto interval = std::chrono::milliseconds(services.limits.heartbeat_interval);
  next_heartbeat_ =
      services.clock.steady_now() + interval / 2 +
      std::chrono::milliseconds(random_below(static_cast<std::uint32_t>(interval.count() / 2 + 1)));
  const auto channels = hub().channels(audience());
  const v1::Hello hello{
      random_uuid(),
      services.server.id,
      services.server.name,
      caller().user,
      role_names_of(identity().role),
      {static_cast<std::int64_t>(kMessageLengthMax),
       static_cast<std::int64_t>(services.limits.frame_bytes_max), 200, hub().directory().limits},
      services.limits.heartbeat_interval.count(),
      identity().expires_at,
      channels,
      {inbox.epoch, inbox.head},
      hub().roster_json()};
  if (!connection().send_unbounded(v1::hello(hello))) return;
  const auto early = std::exchange(early_, nullptr);
  for (const auto& message : *early) execute(decode_command(message));
}

void V1Session::on_log_ended(const LogName& name) { forget_announcement(name); }

void V1Session::on_banned() { connection().close(CloseCode::kBanned, "banned"); }

void V1Session::on_disabled() { connection().close(CloseCode::kUnauthorized, "account disabled"); }

void V1Session::on_signed_out() { connection().close(CloseCode::kUnauthorized, "signed out"); }

void V1Session::on_role_changed() {
  // hello tells it to whoever has not seen it yet.
  if (is_greeted()) answer(v1::roles_changed(role_names_of(identity().role)));
}

void V1Session::on_tick(Time now, SteadyTime steady_now) {
  ChatSession::on_tick(now, steady_now);
  watch_token(now);
  if (!is_greeted() || steady_now < next_heartbeat_) return;
  next_heartbeat_ = steady_now + host().services.limits.heartbeat_interval;
  send_heartbeat();
}

void V1Session::watch_token(Time now) {
  const auto& limits = host().services.limits;
  const auto expires_at = identity().expires_at;
  if (now >= expires_at + limits.token_grace) {
    connection().close(CloseCode::kUnauthorized, "token expired");
  } else if (is_greeted() && now >= announce_expiry_at_) {
    announce_expiry_at_ = Time::max();
    answer(v1::token_time("token_expiring", expires_at));
  }
}

// Of a token that lives no longer than that it is said after half its life: else whoever refreshes
// at once would do so once a second.
void V1Session::expect_expiry() {
  const auto expires_at = identity().expires_at;
  const auto now = host().services.clock.now();
  const Time usual = expires_at - host().services.limits.token_expiring_before;
  announce_expiry_at_ = usual > now ? usual : now + (expires_at - now) / 2;
}

void V1Session::send_heartbeat() {
  std::vector<v1::Head> heads;
  for (const auto& subscription : subscriptions()) {
    auto head = hub().head(subscription);
    if (!head.epoch.empty()) heads.push_back({subscription.name, std::move(head)});
  }
  // In order with the entries that it speaks of; a full outbox proves that we are alive anyway.
  [[maybe_unused]] const bool is_taken = deliver(v1::heartbeat(heads));
}

Shared<Frame> V1Session::replay_frame(const Entry& entry) {
  return v1::entry(entry, entry.author.id == identity().user);
}

Shared<Frame> V1Session::presence_frame(const v1::PresenceChange& change) {
  return v1::user_status({&change, 1});
}

bool V1Session::accept_page(Subscription& subscription, const LogPage& page) {
  auto* announcement = announcement_of(subscription.name);
  const bool is_first = announcement && !announcement->is_checked;
  if (is_first) announcement->is_checked = true;
  const bool is_foreign =
      is_first && (announcement->epoch != page.epoch || subscription.position > page.head);
  if (announcement) announcement->epoch = page.epoch;
  if (is_foreign) {
    const auto gap = v1::gap(subscription.name, 1, subscription.position, "epoch");
    subscription.position = 0;  // what was trimmed of this history is the next page's gap
    [[maybe_unused]] const bool is_open = connection().send_unbounded(gap);
    return false;
  }
  if (page.first > subscription.position + 1) {
    const auto gap =
        v1::gap(subscription.name, subscription.position + 1, page.first - 1, "retention");
    subscription.position = page.first - 1;
    if (!connection().send_unbounded(gap)) return false;
  }
  return true;
}

std::optional<Seq> V1Session::enter_history(const Subscription& subscription, Seq) {
  const auto* announcement = announcement_of(subscription.name);
  // A subscribe under way is about to be held against the new history anyway.
  if (announcement && !announcement->is_checked) return std::nullopt;
  if (subscription.position > 0) {
    [[maybe_unused]] const bool is_open =
        connection().send_unbounded(v1::gap(subscription.name, 1, subscription.position, "epoch"));
  }
  return 0;
}

void V1Session::on_replayed(const Subscription& subscription, std::size_t entries) {
  if (auto* announcement = announcement_of(subscription.name)) announcement->replayed += entries;
}

void V1Session::on_caught_up(const Subscription& subscription) {
  const auto* announcement = announcement_of(subscription.name);
  if (!announcement) return;
  // A live subscription's position is its topic's head, which is what was read.
  const auto frame = v1::subscribed(subscription.name, {announcement->epoch, subscription.position},
                                    announcement->replayed);
  forget_announcement(subscription.name);
  [[maybe_unused]] const bool is_open = connection().send_unbounded(frame);
}

Result<LogId> V1Session::log_of(const LogName& name) {
  if (name.is_inbox) return inbox_;
  const auto* channel = hub().find_channel(name.channel, audience());
  if (!channel) return Error{Code::kUnknownLog, {}, "log"};
  return channel->log;
}

V1Session::Announcement* V1Session::announcement_of(const LogName& name) {
  const auto found = std::ranges::find(announcements_, name, &Announcement::log);
  return found == announcements_.end() ? nullptr : &*found;
}

void V1Session::forget_announcement(const LogName& name) {
  std::erase_if(announcements_, [&](const Announcement& one) { return one.log == name; });
}

}  // namespace hubbub
