// How many messages one person may send, over all of their connections: a fixed window that opens
// with the first message. Refused messages count too.
//
// Thread: the log writer's. A twin on Valkey, for several nodes, answers a whole batch in one round
// trip.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "base/clock.h"
#include "wire/entry.h"

namespace hubbub {

struct RateVerdict {
  bool is_allowed = true;
  std::int64_t retry_after_ms = 0;  // when refused: until the window ends
};

class RateLimiter {
 public:
  virtual ~RateLimiter() = default;
  // One verdict for each sender, in order; a sender may stand there several times.
  virtual std::vector<RateVerdict> admit(std::span<const UserId> senders,
                                         const MessageLimits& limits) = 0;
};

// Borrows the clock. `users_max` windows are kept at most; past it the ones that ended are dropped,
// then all: someone may then send a little more, nobody less.
std::unique_ptr<RateLimiter> make_memory_rate_limiter(const Clock& clock, std::size_t users_max);

}  // namespace hubbub
