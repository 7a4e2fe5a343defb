// Counters and gauges, printed in the Prometheus text format (exposition format 0.0.4).
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>

namespace hubbub {

// Thread: any. Each thread adds to a cell of its own cache line (threads past kCells share), so
// that reactors which count the same thing do not wait for one another.
class Counter {
 public:
  void add(std::uint64_t by = 1) {
    cells_[cell_of_thread()].value.fetch_add(by, std::memory_order_relaxed);
  }
  [[nodiscard]] std::uint64_t value() const {
    std::uint64_t sum = 0;
    for (const auto& cell : cells_) sum += cell.value.load(std::memory_order_relaxed);
    return sum;
  }

 private:
  static constexpr std::size_t kCells = 16;
  struct alignas(64) Cell {
    std::atomic<std::uint64_t> value{0};
  };
  static std::size_t cell_of_thread() {
    static std::atomic<std::size_t> threads{0};
    thread_local const std::size_t cell = threads.fetch_add(1, std::memory_order_relaxed) % kCells;
    return cell;
  }

  std::array<Cell, kCells> cells_;
};

class alignas(64) Gauge {
 public:
  void add(std::int64_t by) { value_.fetch_add(by, std::memory_order_relaxed); }
  void set(std::int64_t value) { value_.store(value, std::memory_order_relaxed); }
  [[nodiscard]] std::int64_t value() const { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<std::int64_t> value_{0};
};

// Owns every metric for the life of the server. Names start with hubbub_ and end in their unit,
// counters in _total. `labels` is empty or of the form code="invalid". Thread: any. A metric asked
// for twice is the same one.
class Metrics {
 public:
  Counter& counter(std::string_view name, std::string_view help, std::string_view labels = {});
  Gauge& gauge(std::string_view name, std::string_view help, std::string_view labels = {});
  // Read when the metrics are printed. REQUIRES: `read` may be called from any thread.
  void observed(std::string_view name, std::string_view help, std::function<std::int64_t()> read);

  // The sum over all labels; 0 where there is no metric of that name.
  [[nodiscard]] std::int64_t sum(std::string_view name) const;

  [[nodiscard]] std::string print() const;

 private:
  struct Entry {
    std::string name, help, labels;
    bool is_counter;
    Counter counter;
    Gauge gauge;
    std::function<std::int64_t()> read;

    [[nodiscard]] std::int64_t value() const;
  };
  Entry& find_or_add(std::string_view name, std::string_view help, std::string_view labels,
                     bool is_counter);

  mutable std::mutex mutex_;
  std::deque<Entry> entries_;  // addresses stay
};

}  // namespace hubbub
