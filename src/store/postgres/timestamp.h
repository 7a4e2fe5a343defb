// PostgreSQL's timestamps: microseconds since 2000-01-01 (datatype/timestamp.h).
#pragma once

#include <chrono>
#include <cstdint>

#include "base/clock.h"

namespace hubbub::postgres {

inline constexpr Time kTimestampBegin = std::chrono::sys_days(std::chrono::January / 1 / 2000);

inline std::int64_t to_timestamp(Time time) { return (time - kTimestampBegin).count(); }
inline Time from_timestamp(std::int64_t timestamp) {
  return kTimestampBegin + std::chrono::microseconds(timestamp);
}

}  // namespace hubbub::postgres
