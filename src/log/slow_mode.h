// Slow mode: how long each person must wait between two messages to one channel, over all of their
// connections. Only messages that the store took count.
//
// Thread: the log writer's. `senders_max` messages are remembered at most; past it those whose time
// is over are dropped, then all: someone may then write a little earlier, nobody later.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <unordered_map>

#include "base/clock.h"
#include "store/pending_entry.h"

namespace hubbub {

class SlowMode {
 public:
  explicit SlowMode(std::size_t senders_max);

  // Zero when the message may be stored, else how long its author must wait. The messages of one
  // batch are asked for in order: one that may be stored holds back those behind it. A repetition
  // of the author's last message passes: the store knows it.
  [[nodiscard]] std::chrono::milliseconds wait_for(const PendingMessage& message, SteadyTime now);
  // What became of the batch: it stored this message, for the first time.
  void on_stored(const PendingMessage& message, SteadyTime now);
  // What was not stored holds nobody back any more.
  void end_batch();

 private:
  struct Place {
    UserId author;
    ChannelId channel;
    bool operator==(const Place&) const = default;
  };
  struct PlaceHash {
    std::size_t operator()(const Place& place) const noexcept;
  };
  struct LastMessage {
    SteadyTime at;
    SteadyTime over_at;
    std::string send_key;
  };

  void make_room(SteadyTime now);

  const std::size_t senders_max_;
  std::unordered_map<Place, LastMessage, PlaceHash> stored_;
  // This batch's, which the store has not answered: by send key.
  std::unordered_map<Place, std::string, PlaceHash> asked_;
};

}  // namespace hubbub
