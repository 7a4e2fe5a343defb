// What the connections of one reactor share. Thread: its reactor's.
#pragma once

#include <cstddef>
#include <vector>

#include "base/clock.h"
#include "base/metrics.h"
#include "base/reactor.h"
#include "net/connection_registry.h"
#include "net/flush_schedule.h"
#include "net/net_limits.h"
#include "net/net_metrics.h"
#include "net/outbox_total.h"

namespace hubbub {

struct ReactorNet {
  ReactorNet(Reactor& of, const NetLimits& bounds, Metrics& counts, const Clock& time)
      : reactor(of),
        clock(time),
        limits(bounds),
        metrics(counts),
        flushes(of, time, bounds.flush_interval, metrics.flushes),
        registry(of, time),
        outboxes(bounds.outbox_total_bytes_max, metrics.outbox_places),
        scratch(bounds.read_bytes_per_turn_max) {}

  Reactor& reactor;
  const Clock& clock;
  const NetLimits limits;
  NetMetrics metrics;
  FlushSchedule flushes;
  ConnectionRegistry registry;
  OutboxTotal outboxes;
  // Where everyone reads to: an idle connection needs no buffer of its own. Valid within one
  // handler.
  std::vector<char> scratch;
};

}  // namespace hubbub
