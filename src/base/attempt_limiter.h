// How often something may be tried under one name (an address, an account) before it must wait.
#pragma once

#include <chrono>
#include <cstddef>
#include <mutex>
#include <string>
#include <unordered_map>

#include "base/clock.h"

namespace hubbub {

// A window opens with the first attempt under a name and ends after its length, however many
// follow. Thread: any.
class AttemptLimiter {
 public:
  AttemptLimiter(int attempts_max, std::chrono::microseconds window, std::size_t names_max)
      : attempts_max_(attempts_max), window_(window), names_max_(names_max) {}

  // Counts an attempt before it is made, so that many at once are counted too.
  // Returns zero when it may be made, else how long to wait.
  [[nodiscard]] std::chrono::microseconds take(const std::string& name, SteadyTime now) {
    std::lock_guard lock(mutex_);
    if (!windows_.contains(name)) make_room(now);
    auto& window = windows_[name];
    if (window.attempts == 0 || window.ends_at <= now) window = {now + window_, 0};
    if (window.attempts >= attempts_max_) {
      return std::chrono::ceil<std::chrono::microseconds>(window.ends_at - now);
    }
    ++window.attempts;
    return {};
  }

  // The attempt went well: it does not count after all.
  void give_back(const std::string& name) {
    std::lock_guard lock(mutex_);
    const auto found = windows_.find(name);
    if (found != windows_.end() && --found->second.attempts <= 0) windows_.erase(found);
  }

  // All attempts under that name are forgotten.
  void forget(const std::string& name) {
    std::lock_guard lock(mutex_);
    windows_.erase(name);
  }

 private:
  struct Window {
    SteadyTime ends_at;
    int attempts = 0;
  };

  // Past the bound the ended windows go, then all: someone gets a few tries more, nobody fewer.
  void make_room(SteadyTime now) {
    if (windows_.size() < names_max_) return;
    std::erase_if(windows_, [now](const auto& item) { return item.second.ends_at <= now; });
    if (windows_.size() >= names_max_) windows_.clear();
  }

  const int attempts_max_;
  const std::chrono::microseconds window_;
  const std::size_t names_max_;
  std::mutex mutex_;
  std::unordered_map<std::string, Window> windows_;
};

}  // namespace hubbub
