// Time as the server sees it. Tests move it by hand.
#pragma once

#include <chrono>
#include <string>

namespace hubbub {

// Wall-clock time, UTC, microseconds: what both stores can hold exactly.
using Time = std::chrono::sys_time<std::chrono::microseconds>;
using SteadyTime = std::chrono::steady_clock::time_point;

// Thread: any.
class Clock {
 public:
  virtual ~Clock() = default;
  [[nodiscard]] virtual Time now() const = 0;
  [[nodiscard]] virtual SteadyTime steady_now() const = 0;
};

// Lives as long as the process.
const Clock& system_clock();

class ManualClock final : public Clock {
 public:
  [[nodiscard]] Time now() const override { return now_; }
  [[nodiscard]] SteadyTime steady_now() const override { return steady_; }
  void advance(std::chrono::microseconds by) {
    now_ += by;
    steady_ += by;
  }

 private:
  Time now_{std::chrono::seconds(1'767'323'045)};  // 2026-01-02T03:04:05Z
  SteadyTime steady_{std::chrono::hours(1)};
};

// RFC 3339 in UTC with up to 6 fraction digits, trailing zeros cut: 2026-01-02T03:04:05.123456Z
std::string format_time(Time time);

}  // namespace hubbub
