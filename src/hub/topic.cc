#include "hub/topic.h"

#include <utility>

#include "base/check.h"

namespace hubbub {

bool Topic::add(Subscriber& subscriber, std::size_t slot) {
  const auto& mine = subscriber.subscriptions_[slot];
  HUBBUB_CHECK(mine.state == Subscription::State::kIdle);
  if (head_ && *head_ > mine.position) return false;
  const Follower follower{&subscriber, static_cast<std::uint32_t>(slot),
                          subscriber.form() == WireForm::kV1, subscriber.user_number_};
  if (head_ == mine.position) {
    insert(live_, Subscription::State::kLive, follower);
  } else {
    insert(joining_, Subscription::State::kJoining, follower);
  }
  return true;
}

void Topic::remove(Subscriber& subscriber, std::size_t slot) {
  auto& mine = subscriber.subscriptions_[slot];
  if (mine.state == Subscription::State::kLive) {
    mine.position = *head_;
    erase(live_, mine.index);
  } else if (mine.state == Subscription::State::kJoining) {
    erase(joining_, mine.index);
  }
  mine.state = Subscription::State::kIdle;
}

void Topic::renumber(Subscriber& subscriber, std::size_t slot) {
  const auto& mine = subscriber.subscriptions_[slot];
  if (mine.state == Subscription::State::kIdle) return;
  auto& list = mine.state == Subscription::State::kLive ? live_ : joining_;
  list[mine.index].slot = static_cast<std::uint32_t>(slot);
}

void Topic::renew(std::string epoch, Seq head) {
  for (const Follower& follower : live_) {
    auto& mine = subscription(follower);
    mine.state = Subscription::State::kIdle;
    mine.position = *head_;
  }
  for (const Follower& follower : joining_)
    subscription(follower).state = Subscription::State::kIdle;
  live_.clear();
  joining_.clear();
  epoch_ = std::move(epoch);
  head_ = head;
}

void Topic::apply(const PublishedEntry& published, std::uint32_t author_number) {
  const Seq seq = published.entry.seq;
  if (head_ && seq <= *head_) return;
  if (head_ && seq > *head_ + 1) send_back(*head_);
  for (std::uint32_t i = 0; i < live_.size();) {
    if (hand_out(live_, i, published, author_number)) ++i;
  }
  head_ = seq;
  if (!joining_.empty()) admit_joining(published, author_number);
}

void Topic::admit_joining(const PublishedEntry& published, std::uint32_t author_number) {
  const Seq seq = published.entry.seq;
  for (std::uint32_t i = 0; i < joining_.size();) {
    const Follower follower = joining_[i];
    auto& mine = subscription(follower);
    if (seq < mine.position) {
      ++i;
      continue;
    }
    if (seq > mine.position + 1) {  // it missed some: back to the store
      erase(joining_, i);
      mine.state = Subscription::State::kIdle;
      follower.subscriber->on_fell_behind(mine);
      continue;
    }
    if (seq == mine.position + 1 && !hand_out(joining_, i, published, author_number)) continue;
    erase(joining_, i);
    insert(live_, Subscription::State::kLive, follower);
  }
}

bool Topic::hand_out(std::vector<Follower>& from, std::uint32_t index,
                     const PublishedEntry& published, std::uint32_t author_number) {
  const Follower follower = from[index];
  const auto& frame = follower.is_v1 ? (author_number != 0 && follower.user_number == author_number
                                            ? published.v1_author_frame
                                            : published.v1_frame)
                                     : published.old_frame;
  if (!frame || follower.subscriber->deliver(frame)) return true;
  auto& mine = subscription(follower);
  erase(from, index);
  mine.state = Subscription::State::kIdle;
  mine.position = published.entry.seq - 1;
  follower.subscriber->on_fell_behind(mine);
  return false;
}

void Topic::send_back(Seq position) {
  while (!live_.empty()) {
    const Follower follower = live_.back();
    auto& mine = subscription(follower);
    live_.pop_back();
    mine.state = Subscription::State::kIdle;
    mine.position = position;
    follower.subscriber->on_fell_behind(mine);
  }
}

void Topic::insert(std::vector<Follower>& into, Subscription::State state,
                   const Follower& follower) {
  auto& mine = subscription(follower);
  mine.state = state;
  mine.index = static_cast<std::uint32_t>(into.size());
  into.push_back(follower);
}

void Topic::erase(std::vector<Follower>& from, std::uint32_t index) {
  from[index] = from.back();
  from.pop_back();
  if (index < from.size()) subscription(from[index]).index = index;
}

}  // namespace hubbub
