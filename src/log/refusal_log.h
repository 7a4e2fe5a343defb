// Who ran into the rate limit or a slow mode since the server started, for the dashboard: the
// newest people, and how often.
#pragma once

#include <cstddef>
#include <cstdint>
#include <list>
#include <vector>

#include "base/clock.h"
#include "base/shared.h"
#include "wire/entry.h"

namespace hubbub {

struct RefusedSender {
  Author user;
  std::int64_t refused = 0;  // messages
  Time last_refused_at;
  bool operator==(const RefusedSender&) const = default;
};

class RefusalLog {
 public:
  // Past `senders_max` people the one whose last refusal is the oldest is forgotten.
  explicit RefusalLog(std::size_t senders_max = 100);

  // Thread: the log writer's.
  void add(const Author& user, Time now);
  // Shows what was added. Thread: the log writer's, once a batch.
  void publish();

  // The latest first, as of the last batch. Thread: any.
  [[nodiscard]] std::vector<RefusedSender> recent() const { return *published_.load(); }

 private:
  const std::size_t senders_max_;
  std::list<RefusedSender> senders_;  // the latest first
  bool is_changed_ = false;
  Published<std::vector<RefusedSender>> published_;
};

}  // namespace hubbub
