// Shared<T> never changes: any thread may read it. Published<T> is the one mutable cell for one.
#pragma once

#include <memory>
#include <mutex>
#include <utility>

namespace hubbub {

template <class T>
using Shared = std::shared_ptr<const T>;

// Holds the newest Shared<T>. Thread: any. For rare reads (a sign-in, a page), never on the path of
// a message. A mutex and not std::atomic<std::shared_ptr>: libstdc++ 12's is invisible to TSan.
template <class T>
class Published {
 public:
  explicit Published(Shared<T> first = nullptr) : value_(std::move(first)) {}

  [[nodiscard]] Shared<T> load() const {
    std::lock_guard lock(mutex_);
    return value_;
  }
  void store(Shared<T> value) {
    std::lock_guard lock(mutex_);
    value_.swap(value);
  }

 private:
  mutable std::mutex mutex_;
  Shared<T> value_;
};

}  // namespace hubbub
