// How often one address may ask for a WebSocket, whoever it says it is: judged before any token is
// looked at.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "base/attempt_limiter.h"
#include "base/clock.h"

namespace hubbub {

// Shared by all reactors. Thread: any. Cost: one short lock for each connection.
class ConnectLimiter {
 public:
  // `connects_per_minute`: 0 for no bound.
  explicit ConnectLimiter(int connects_per_minute);

  // Counts this one. Zero when it may go on, else how long to wait. `address`: numeric; one of IPv6
  // counts for its network of 64 bits, all of which a single customer has (RFC 6177).
  [[nodiscard]] std::chrono::milliseconds take(std::string_view address, SteadyTime now);

 private:
  const bool is_bounded_;
  AttemptLimiter attempts_;
};

}  // namespace hubbub
