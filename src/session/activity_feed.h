// The figures of this node, gathered when somebody asks, once a second at most, whoever asks.
//
// Shared by all reactors. Thread: any; no one waits: while one reactor gathers, the others get the
// figures before.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>

#include "base/clock.h"
#include "base/metrics.h"
#include "base/shared.h"
#include "session/session_census.h"
#include "wire/frame.h"

namespace hubbub {

class ActivityFeed {
 public:
  // Borrows all.
  ActivityFeed(const Clock& clock, const Metrics& metrics, const SessionCensus& census);

  // The same object until the next ones are gathered; null only while the first are. Rates are
  // those of the time since the figures before, or since the server started.
  Shared<Frame> frame(std::int64_t users_online);

 private:
  // What only grows, at one moment.
  struct Totals {
    SteadyTime at;
    std::int64_t messages = 0;
    std::int64_t deliveries = 0;
    std::int64_t refused = 0;
  };

  [[nodiscard]] Totals totals(SteadyTime now) const;
  Shared<Frame> gather(std::int64_t users_online, const Totals& totals) const;

  const Clock& clock_;
  const Metrics& metrics_;
  const SessionCensus& census_;
  // Held by whoever gathers; nobody waits for it.
  std::atomic_flag is_gathering_;
  // Of who holds it:
  Totals before_;
  bool has_figures_ = false;
  Published<Frame> latest_;
};

}  // namespace hubbub
