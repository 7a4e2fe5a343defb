// Counts the open sessions of this node, over all reactors. Thread: any; no one waits.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstdint>

namespace hubbub {

class SessionCensus {
 public:
  // A session begins. Returns its number: 1, 2, 3 …, unique while the server runs.
  std::int64_t enter() {
    raise_peak(open_.fetch_add(1, std::memory_order_relaxed) + 1);
    return last_number_.fetch_add(1, std::memory_order_relaxed) + 1;
  }
  void leave() { open_.fetch_sub(1, std::memory_order_relaxed); }

  [[nodiscard]] std::int64_t open() const { return open_.load(std::memory_order_relaxed); }

  // The most at once since the last take_peak().
  [[nodiscard]] std::int64_t peak() const {
    return std::max(peak_.load(std::memory_order_relaxed), open());
  }
  // The most at once since the last call.
  std::int64_t take_peak() {
    const auto now = open();
    return std::max(peak_.exchange(now, std::memory_order_relaxed), now);
  }
  // Gives back a peak that was taken and could not be used.
  void raise_peak(std::int64_t count) {
    auto peak = peak_.load(std::memory_order_relaxed);
    while (peak < count && !peak_.compare_exchange_weak(peak, count, std::memory_order_relaxed)) {
    }
  }

 private:
  std::atomic<std::int64_t> open_{0};
  std::atomic<std::int64_t> peak_{0};
  std::atomic<std::int64_t> last_number_{0};
};

}  // namespace hubbub
