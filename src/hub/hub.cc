#include "hub/hub.h"

#include <algorithm>
#include <unordered_set>
#include <utility>

#include "base/check.h"
#include "wire/old_frames.h"
#include "wire/v1_frames.h"

namespace hubbub {
namespace {

// The same frame with a reference count of this reactor's own: counting on one that all reactors
// share would bounce its cache line between cores with every delivery.
Shared<Frame> local_copy(const Shared<Frame>& frame) {
  if (!frame) return nullptr;
  auto holder = std::make_shared<Shared<Frame>>(frame);
  return {holder, holder->get()};
}

PublishedEntry local_copy(const PublishedEntry& published) {
  const bool has_key = published.v1_author_frame != published.v1_frame;
  PublishedEntry copy{published.entry, local_copy(published.old_frame),
                      local_copy(published.v1_frame), nullptr};
  copy.v1_author_frame = has_key ? published.v1_author_frame : copy.v1_frame;
  return copy;
}

std::unordered_map<LogId, Role> narrow_logs(const Directory& directory) {
  std::unordered_map<LogId, Role> logs;
  for (const auto& channel : directory.channels) {
    const auto audience = channel.rules.audience();
    if (audience != Role::kMember) logs.emplace(channel.log, audience);
  }
  return logs;
}

// Where a log that is new here ends before what the publication brings of it.
Position head_before(const Publication& publication, const Channel& channel) {
  for (const auto& published : publication.entries) {
    if (published.entry.log == channel.log) return {channel.head.epoch, published.entry.seq - 1};
  }
  return channel.head;
}

std::string_view frame_type(ChannelChange::Kind kind) {
  switch (kind) {
    case ChannelChange::Kind::kRemoved:
      return "channel_removed";
    case ChannelChange::Kind::kCreated:
      return "channel_created";
    case ChannelChange::Kind::kUpdated:
      return "channel_updated";
  }
  return {};
}

}  // namespace

Hub::Hub(const Shared<Directory>& directory, const std::vector<Entry>& recent, const Clock& clock,
         Metrics& metrics, HubOptions options, Shared<Restrictions> restrictions)
    : clock_(clock),
      views_(views_of(directory)),
      restrictions_(std::move(restrictions)),
      account_changes_(options.account_changes_kept),
      sign_outs_(options.sign_outs_kept, options.sign_outs_max),
      presence_(options.presence_grace),
      recent_(recent, options.recent_count_max, narrow_logs(this->directory())),
      deliveries_(
          metrics.counter("hubbub_deliveries_total", "Live entries offered to connections.")) {
  for (const auto& channel : this->directory().channels) {
    topics_.try_emplace(channel.log, channel.head.epoch, channel.head.seq);
  }
}

void Hub::on_publication(const Publication& publication) {
  if (publication.restrictions) apply_restrictions(publication.restrictions);
  for (const auto& change : publication.account_changes) apply_account_change(change);
  if (publication.directory) apply_directory(publication);
  for (const auto& published : publication.entries) {
    const auto& entry = published.entry;
    const auto topic = topics_.find(entry.log);
    if (topic == topics_.end()) continue;
    if (topic->second.epoch() != entry.epoch) {
      replace_history(entry.log, topic->second, entry.epoch, entry.seq - 1);
    }
    if (entry.kind == EntryKind::kMessage) recent_.add(entry);
    if (entry.kind == EntryKind::kRemoval) recent_.remove(entry.message_id);
    deliveries_.add(topic->second.live_count());
    topic->second.apply(topic->second.is_silent() ? published : local_copy(published),
                        number_of(entry.author.id));
  }
}

void Hub::on_presence(const PresenceNotice& notice) {
  presence_.apply(notice, clock_.steady_now());
  if (is_presence_due_ || !presence_.has_pending()) return;
  is_presence_due_ = true;
  if (presence_pending_) presence_pending_();
}

void Hub::on_sign_out(const SignOut& sign_out) {
  sign_outs_.add(sign_out, clock_.now());
  for (auto* subscriber : everyone_) subscriber->on_sign_out(sign_out);
}

std::string_view Hub::roster_json() {
  auto roster = presence_.roster();
  if (roster != listed_) {
    listed_json_ = v1::user_list(*roster);
    listed_ = std::move(roster);
  }
  return listed_json_;
}

bool Hub::flush_presence() {
  const auto changes = presence_.take_changes(clock_.steady_now());
  if (!changes.empty()) {
    const auto v1_frame = v1::user_status(changes);
    std::vector<Shared<Frame>> old_frames;
    for (const auto& change : changes) {
      old_frames.push_back(old_protocol::user_status(change.user, change.is_online));
    }
    for (std::size_t i = 0; i < everyone_.size(); ++i) {
      auto& subscriber = *everyone_[i];
      if (!subscriber.has_joined_) continue;
      const bool is_v1 = subscriber.form() == WireForm::kV1;
      const bool is_taken = !is_v1 || subscriber.deliver(v1_frame);
      for (std::size_t k = 0; k < changes.size(); ++k) {
        if (is_v1 ? !is_taken : !subscriber.deliver(old_frames[k])) {
          subscriber.on_missed_presence(changes[k]);
        }
      }
    }
  }
  is_presence_due_ = presence_.has_pending();
  return is_presence_due_;
}

void Hub::enter(Subscriber& subscriber, const UserId& user, Role audience) {
  auto& local = users_[user];
  if (local.connections++ == 0) local.number = ++last_user_number_;
  subscriber.audience_ = audience;
  subscriber.user_number_ = local.number;
  subscriber.everyone_index_ = static_cast<std::uint32_t>(everyone_.size());
  everyone_.push_back(&subscriber);
}

void Hub::join(Subscriber& subscriber) { subscriber.has_joined_ = true; }

void Hub::leave(Subscriber& subscriber, const UserId& user) {
  while (!subscriber.subscriptions_.empty()) {
    unfollow(subscriber, LogName(subscriber.subscriptions_.back().name));
  }
  everyone_[subscriber.everyone_index_] = everyone_.back();
  everyone_[subscriber.everyone_index_]->everyone_index_ = subscriber.everyone_index_;
  everyone_.pop_back();
  const auto local = users_.find(user);
  HUBBUB_CHECK(local != users_.end());
  if (--local->second.connections == 0) users_.erase(local);
}

void Hub::follow(Subscriber& subscriber, const LogName& name, LogId log) {
  const auto position = head(log);
  HUBBUB_CHECK(position.has_value());
  auto& subscription = follow_idle(subscriber, name, log, *position);
  HUBBUB_CHECK(resume(subscriber, subscription));
}

Subscription& Hub::follow_idle(Subscriber& subscriber, const LogName& name, LogId log,
                               const Position& position) {
  unfollow(subscriber, name);
  // Only an inbox can be new here. How far its publications have come is not known yet, nor is its
  // epoch: that of `position` is what a client says.
  topics_.try_emplace(log, std::string(), std::nullopt).first->second.retain();
  return subscriber.subscriptions_.emplace_back(Subscription{name, log, position.seq});
}

bool Hub::resume(Subscriber& subscriber, Subscription& subscription) {
  const auto slot = static_cast<std::size_t>(&subscription - subscriber.subscriptions_.data());
  return topics_.at(subscription.log).add(subscriber, slot);
}

void Hub::note_history(LogId log, const std::string& epoch, Seq head) {
  auto& topic = topics_.at(log);
  if (topic.epoch() != epoch) replace_history(log, topic, epoch, head);
}

void Hub::replace_history(LogId log, Topic& topic, const std::string& epoch, Seq head) {
  if (topic.epoch().empty()) return topic.learn_epoch(epoch);
  topic.renew(epoch, head);
  for (auto* subscriber : everyone_) {
    for (auto& subscription : subscriber->subscriptions_) {
      if (subscription.log == log) subscriber->on_history_replaced(subscription, head);
    }
  }
}

bool Hub::unfollow(Subscriber& subscriber, const LogName& name) {
  auto* found = find(subscriber, name);
  if (!found) return false;
  const auto slot = static_cast<std::size_t>(found - subscriber.subscriptions_.data());
  const auto topic = topics_.find(found->log);
  if (topic != topics_.end()) {
    topic->second.remove(subscriber, slot);
    if (topic->second.release() && name.is_inbox) topics_.erase(topic);
  }
  auto& all = subscriber.subscriptions_;
  if (slot + 1 != all.size()) {
    all[slot] = all.back();
    const auto moved = topics_.find(all[slot].log);
    if (moved != topics_.end()) moved->second.renumber(subscriber, slot);
  }
  all.pop_back();
  return true;
}

Subscription* Hub::find(Subscriber& subscriber, const LogName& name) {
  for (auto& subscription : subscriber.subscriptions_) {
    if (subscription.name == name) return &subscription;
  }
  return nullptr;
}

std::vector<Channel> Hub::channels(Role role) const {
  auto channels = views_[role]->channels;
  for (auto& channel : channels) channel = with_head(std::move(channel));
  return channels;
}

Channel Hub::with_head(Channel channel) const {
  if (auto position = head(channel.log)) channel.head = *std::move(position);
  return channel;
}

const Channel* Hub::find_channel(ChannelId id, Role role) const {
  return hubbub::find_channel(*views_[role], id);
}

const Channel* Hub::find_channel(std::string_view name, Role role) const {
  const auto& channels = views_[role]->channels;
  const auto found = std::ranges::find(channels, name, &Channel::name);
  return found == channels.end() ? nullptr : &*found;
}

std::optional<Position> Hub::head(LogId log) const {
  const auto topic = topics_.find(log);
  if (topic == topics_.end() || !topic->second.head()) return std::nullopt;
  return Position{topic->second.epoch(), *topic->second.head()};
}

Position Hub::head(const Subscription& subscription) const {
  const auto& topic = topics_.at(subscription.log);
  return {topic.epoch(), topic.head().value_or(subscription.position)};
}

// A ban closes what is open; whoever comes later is asked at the door.
void Hub::apply_restrictions(Shared<Restrictions> restrictions) {
  restrictions_ = std::move(restrictions);
  const auto now = clock_.now();
  std::unordered_set<std::uint32_t> banned;
  for (const auto& [user, local] : users_) {
    if (restrictions_->ban_of(user, now)) banned.insert(local.number);
  }
  if (banned.empty()) return;
  for (auto* subscriber : everyone_) {
    if (banned.contains(subscriber->user_number_)) subscriber->on_banned();
  }
}

void Hub::apply_account_change(const AccountChange& change) {
  account_changes_.add(change, clock_.now());
  const auto number = number_of(change.user);
  if (number == 0) return;
  for (auto* subscriber : everyone_) {
    if (subscriber->user_number_ == number) subscriber->on_account_change(change);
  }
}

void Hub::set_audience(Subscriber& subscriber, Role audience) {
  const auto before = std::exchange(subscriber.audience_, audience);
  if (before == audience || !subscriber.has_joined_) return;
  tell(subscriber, news_between(*views_[before], *views_[audience]));
}

void Hub::apply_directory(const Publication& publication) {
  const auto before = std::exchange(views_, views_of(publication.directory));
  open_topics(publication);
  ByAudience<std::vector<ChannelNews>> news;
  for (const auto role : kRoles) news[role] = news_between(*before[role], *views_[role]);
  for (auto* subscriber : everyone_) {
    if (subscriber->has_joined_) tell(*subscriber, news[subscriber->audience_]);
  }
  const auto& whole_before = *before[Role::kAdmin];
  close_topics(whole_before);
  for (const auto& channel : directory().channels) {
    recent_.set_audience(channel.log, channel.rules.audience());
  }
  if (whole_before.limits != directory().limits) tell_limits();
}

void Hub::open_topics(const Publication& publication) {
  for (const auto& channel : directory().channels) {
    if (topics_.contains(channel.log)) continue;
    const auto position = head_before(publication, channel);
    topics_.try_emplace(channel.log, position.epoch, position.seq);
  }
}

void Hub::close_topics(const Directory& before) {
  for (const auto& channel : before.channels) {
    if (find_channel(channel.id, Role::kAdmin)) continue;
    topics_.erase(channel.log);
    recent_.forget(channel.log);
  }
}

std::vector<Hub::ChannelNews> Hub::news_between(const Directory& before,
                                                const Directory& after) const {
  std::vector<ChannelNews> news;
  for (auto& change : changes_between(before, after)) {
    change.channel = with_head(std::move(change.channel));
    auto frame = v1::channel_change(frame_type(change.kind), change.channel);
    news.push_back({std::move(change), std::move(frame)});
  }
  return news;
}

// The old protocol says nothing of channels and limits.
void Hub::tell(Subscriber& subscriber, std::span<const ChannelNews> news) {
  for (const auto& [change, frame] : news) {
    const LogName name{false, change.channel.id};
    if (change.kind == ChannelChange::Kind::kRemoved && unfollow(subscriber, name)) {
      subscriber.on_log_ended(name);
    }
    if (subscriber.form() == WireForm::kV1 && !subscriber.deliver(frame)) {
      subscriber.on_missed_directory();
    }
    if (change.kind == ChannelChange::Kind::kCreated) {
      subscriber.on_channel_created(change.channel);
    }
  }
}

void Hub::tell_limits() {
  const auto frame = v1::limits_updated(directory().limits);
  for (auto* subscriber : everyone_) {
    const bool is_told = subscriber->has_joined_ && subscriber->form() == WireForm::kV1;
    if (is_told && !subscriber->deliver(frame)) subscriber->on_missed_directory();
  }
}

std::uint32_t Hub::number_of(const UserId& user) const {
  const auto found = users_.find(user);
  return found == users_.end() ? 0 : found->second.number;
}

}  // namespace hubbub
