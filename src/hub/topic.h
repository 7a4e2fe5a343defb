// Who follows one log on this reactor, and how far its publications have come.
//
// Lives on one reactor; knows no socket. Invariants:
//  - entries are applied strictly by seq: an old one is ignored, after a gap every follower is sent
//  back
//    to the store;
//  - a live follower has been handed everything up to head().
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "hub/subscriber.h"
#include "state/bus.h"

namespace hubbub {

class Topic {
 public:
  // Without a head (an inbox): whatever is published first counts as next. Without an epoch: not
  // known yet.
  explicit Topic(std::string epoch, std::optional<Seq> head)
      : epoch_(std::move(epoch)), head_(head) {}

  [[nodiscard]] const std::string& epoch() const { return epoch_; }
  [[nodiscard]] std::optional<Seq> head() const { return head_; }
  // Nobody to hand an entry to just now.
  [[nodiscard]] bool is_silent() const { return live_.empty() && joining_.empty(); }
  [[nodiscard]] std::size_t live_count() const { return live_.size(); }

  // Subscriptions of any state, idle ones too: while there is one, the topic must see publications.
  void retain() { ++followers_; }
  // True when it was the last.
  [[nodiscard]] bool release() { return --followers_ == 0; }

  // REQUIRES: subscriber.subscriptions_[slot] is idle. Live at once when its position is the head.
  // False, and still idle, when the head is already past its position: it has to read on.
  [[nodiscard]] bool add(Subscriber& subscriber, std::size_t slot);
  // Idle afterwards, with the position that it had. Nothing happens when it is idle.
  void remove(Subscriber& subscriber, std::size_t slot);
  // The subscriber's vector moved this subscription from one slot to another.
  void renumber(Subscriber& subscriber, std::size_t slot);

  // REQUIRES: none was known.
  void learn_epoch(std::string epoch) { epoch_ = std::move(epoch); }
  // From now on it is this history. Every follower is idle afterwards, with the position that it
  // had in the one before.
  void renew(std::string epoch, Seq head);

  // Hands the entry to every follower. Cost: one deliver() each.
  // `author_number`: the hub's number of the entry's author, 0 when not connected here.
  void apply(const PublishedEntry& published, std::uint32_t author_number);

 private:
  // 16 bytes, all that fan-out reads before the subscriber itself.
  struct Follower {
    Subscriber* subscriber;
    std::uint32_t slot : 31;
    std::uint32_t is_v1 : 1;
    std::uint32_t user_number;
  };

  Subscription& subscription(const Follower& follower) const {
    return follower.subscriber->subscriptions_[follower.slot];
  }
  void insert(std::vector<Follower>& into, Subscription::State state, const Follower& follower);
  void erase(std::vector<Follower>& from, std::uint32_t index);
  // False: refused, and the follower is no longer in `from`.
  bool hand_out(std::vector<Follower>& from, std::uint32_t index, const PublishedEntry& published,
                std::uint32_t author_number);
  void admit_joining(const PublishedEntry& published, std::uint32_t author_number);
  void send_back(Seq position);

  std::string epoch_;
  std::optional<Seq> head_;
  std::size_t followers_ = 0;
  std::vector<Follower> live_;
  std::vector<Follower> joining_;
};

}  // namespace hubbub
