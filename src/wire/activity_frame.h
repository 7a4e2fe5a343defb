// The live figures of a dashboard (docs/protocol.md, activity). Pure.
#pragma once

#include <cstdint>

#include "base/clock.h"
#include "base/shared.h"
#include "wire/frame.h"

namespace hubbub::v1 {

struct Activity {
  Time at;
  std::int64_t connections = 0;
  std::int64_t users_online = 0;
  double messages_per_second = 0;
  double deliveries_per_second = 0;
  double refused_per_second = 0;
  std::int64_t log_waiting = 0;
  std::int64_t memory_bytes = 0;
};
Shared<Frame> activity(const Activity& activity);
Shared<Frame> activity_unwatched();

}  // namespace hubbub::v1
