// A histogram of durations with a relative error of 1/32, whatever their size.
#pragma once

#include <array>
#include <bit>
#include <chrono>
#include <cstddef>
#include <cstdint>

namespace hubbub::bench {

class Latency {
 public:
  // Cost: one increment.
  void record(std::chrono::nanoseconds duration) {
    ++counts_[bucket(duration.count() > 0 ? static_cast<std::uint64_t>(duration.count()) : 0)];
  }

  // The duration that `share` (0 to 1) of all recorded ones did not exceed; 0 when none was.
  // Unit: microseconds.
  [[nodiscard]] double percentile_us(double share) const;

 private:
  // 32 steps to each power of two; below 32 ns each nanosecond has its own.
  static constexpr std::size_t kSteps = 32;
  static std::size_t bucket(std::uint64_t ns) {
    if (ns < kSteps) return ns;
    const auto shift = static_cast<std::size_t>(std::bit_width(ns)) - 6;
    return shift * kSteps + (ns >> shift);
  }

  std::array<std::uint64_t, 60 * kSteps> counts_{};
};

}  // namespace hubbub::bench
