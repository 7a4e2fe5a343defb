// A bounded queue from many threads to one that takes everything at once: load makes batches
// larger, not queues longer.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <utility>
#include <vector>

namespace hubbub {

// Thread: push() and close() any; take() one.
template <class T>
class Mailbox {
 public:
  explicit Mailbox(std::size_t items_max) : items_max_(items_max) {}

  // Errors: false, and `item` untouched, when it is full or closed.
  [[nodiscard]] bool push(T& item) {
    bool was_empty = false;
    {
      std::lock_guard lock(mutex_);
      if (closed_ || items_.size() >= items_max_) return false;
      was_empty = items_.empty();
      items_.push_back(std::move(item));
    }
    if (was_empty) wakeup_.notify_one();
    return true;
  }

  // Waits for items and moves all of them into `into`, which is cleared first.
  // False when closed and empty: the reader is done.
  bool take(std::vector<T>& into) {
    into.clear();
    std::unique_lock lock(mutex_);
    wakeup_.wait(lock, [this] { return closed_ || !items_.empty(); });
    items_.swap(into);
    return !into.empty();
  }

  // The same, for a reader who has something else to do: comes back with nothing after `patience`.
  bool take_within(std::vector<T>& into, std::chrono::milliseconds patience) {
    into.clear();
    std::unique_lock lock(mutex_);
    wakeup_.wait_for(lock, patience, [this] { return closed_ || !items_.empty(); });
    items_.swap(into);
    return !into.empty() || !closed_;
  }

  // Refuses new items; take() still hands out what is there.
  void close() {
    {
      std::lock_guard lock(mutex_);
      closed_ = true;
    }
    wakeup_.notify_all();
  }

  [[nodiscard]] bool is_closed() const {
    std::lock_guard lock(mutex_);
    return closed_;
  }

  [[nodiscard]] std::size_t size() const {
    std::lock_guard lock(mutex_);
    return items_.size();
  }

 private:
  const std::size_t items_max_;
  mutable std::mutex mutex_;
  std::condition_variable wakeup_;
  std::vector<T> items_;
  bool closed_ = false;
};

}  // namespace hubbub
