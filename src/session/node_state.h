// What the sessions of all reactors have in common beyond the bus. Each part says how threads share
// it; none makes anyone wait on the path of a message.
#pragma once

#include "base/clock.h"
#include "base/metrics.h"
#include "session/activity_feed.h"
#include "session/connect_limiter.h"
#include "session/session_census.h"

namespace hubbub {

struct NodeState {
  // Borrows clock and metrics.
  NodeState(const Clock& clock, Metrics& metrics, int connects_per_minute)
      : activity(clock, metrics, census), connects(connects_per_minute) {
    metrics.observed("hubbub_sessions", "Signed-in connections.", [this] { return census.open(); });
  }
  NodeState(const NodeState&) = delete;
  NodeState& operator=(const NodeState&) = delete;

  SessionCensus census;
  ActivityFeed activity;
  ConnectLimiter connects;
};

}  // namespace hubbub
