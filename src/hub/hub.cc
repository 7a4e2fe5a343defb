#include "hub/hub.h"

#include <algorithm>
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

}  // namespace

Hub::Hub(Shared<Directory> directory, std::vector<Entry> recent, const Clock& clock,
         Metrics& metrics, HubOptions options, Shared<Restrictions> restrictions)
    : clock_(clock),
      directory_(std::move(directory)),
      restrictions_(std::move(restrictions)),
      presence_(options.presence_grace),
      recent_(std::move(recent), options.recent_count_max),
      deliveries_(
          metrics.counter("hubbub_deliveries_total", "Live entries offered to connections.")) {
  for (const auto& channel : directory_->channels) {
    topics_.try_emplace(channel.log, channel.head.epoch, channel.head.seq);
  }
}

void Hub::on_publication(const Publication& publication) {
  if (publication.restrictions) restrictions_ = publication.restrictions;
  if (publication.directory) apply_directory(publication.directory);
  for (const auto& published : publication.entries) {
    const auto& entry = published.entry;
    const auto topic = topics_.find(entry.log);
    if (topic == topics_.end()) continue;
    if (entry.kind == EntryKind::kMessage) recent_.add(entry);
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

void Hub::join(Subscriber& subscriber, const UserId& user) {
  auto& local = users_[user];
  if (local.connections++ == 0) local.number = ++last_user_number_;
  subscriber.user_number_ = local.number;
  subscriber.everyone_index_ = static_cast<std::uint32_t>(everyone_.size());
  everyone_.push_back(&subscriber);
}

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
  // Only an inbox can be new here; how far its publications have come is not known yet.
  topics_.try_emplace(log, position.epoch, std::nullopt).first->second.retain();
  return subscriber.subscriptions_.emplace_back(Subscription{name, log, position.seq});
}

bool Hub::resume(Subscriber& subscriber, Subscription& subscription) {
  const auto slot = static_cast<std::size_t>(&subscription - subscriber.subscriptions_.data());
  return topics_.at(subscription.log).add(subscriber, slot);
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
    all[slot] = std::move(all.back());
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

std::vector<Channel> Hub::channels() const {
  auto channels = directory_->channels;
  for (auto& channel : channels) {
    if (const auto position = head(channel.log)) channel.head = *position;
  }
  return channels;
}

const Channel* Hub::find_channel(ChannelId id) const {
  const auto found = std::ranges::find(directory_->channels, id, &Channel::id);
  return found == directory_->channels.end() ? nullptr : &*found;
}

const Channel* Hub::find_channel(std::string_view name) const {
  const auto found = std::ranges::find(directory_->channels, name, &Channel::name);
  return found == directory_->channels.end() ? nullptr : &*found;
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

void Hub::end_log(LogId log, const LogName& name) {
  for (std::size_t i = 0; i < everyone_.size(); ++i) {
    if (unfollow(*everyone_[i], name)) everyone_[i]->on_log_ended(name);
  }
  topics_.erase(log);
  recent_.forget(log);
}

void Hub::apply_directory(Shared<Directory> directory) {
  const auto before = std::exchange(directory_, std::move(directory));
  for (const auto& channel : before->channels) {
    if (find_channel(channel.id)) continue;
    end_log(channel.log, {false, channel.id});
    tell_directory_change(v1::channel_change("channel_removed", channel));
  }
  for (const auto& channel : directory_->channels) {
    const auto old = std::ranges::find(before->channels, channel.id, &Channel::id);
    if (old == before->channels.end()) {
      // Entries of the same batch follow with this publication: the log starts empty.
      topics_.try_emplace(channel.log, channel.head.epoch, Seq{0});
      Channel created = channel;
      created.head.seq = 0;
      tell_directory_change(v1::channel_change("channel_created", created));
      for (std::size_t i = 0; i < everyone_.size(); ++i) everyone_[i]->on_channel_created(created);
    } else if (old->name != channel.name || old->description != channel.description ||
               old->sort_order != channel.sort_order) {
      tell_directory_change(v1::channel_change("channel_updated", channel));
    }
  }
  if (before->limits != directory_->limits) {
    tell_directory_change(v1::limits_updated(directory_->limits));
  }
}

// The old protocol says nothing of channels and limits.
void Hub::tell_directory_change(const Shared<Frame>& frame) {
  for (std::size_t i = 0; i < everyone_.size(); ++i) {
    auto& subscriber = *everyone_[i];
    if (subscriber.form() == WireForm::kV1 && !subscriber.deliver(frame)) {
      subscriber.on_missed_directory();
    }
  }
}

std::uint32_t Hub::number_of(const UserId& user) const {
  const auto found = users_.find(user);
  return found == users_.end() ? 0 : found->second.number;
}

}  // namespace hubbub
