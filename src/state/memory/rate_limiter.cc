#include "state/rate_limiter.h"

#include <unordered_map>

namespace hubbub {
namespace {

struct Window {
  SteadyTime end;
  std::int64_t count = 0;
};

class MemoryRateLimiter final : public RateLimiter {
 public:
  MemoryRateLimiter(const Clock& clock, std::size_t users_max)
      : clock_(clock), users_max_(users_max) {}

  std::vector<RateVerdict> admit(std::span<const UserId> senders,
                                 const MessageLimits& limits) override {
    const auto now = clock_.steady_now();
    std::vector<RateVerdict> verdicts;
    verdicts.reserve(senders.size());
    for (const auto& sender : senders) verdicts.push_back(count(sender, limits, now));
    return verdicts;
  }

 private:
  RateVerdict count(const UserId& sender, const MessageLimits& limits, SteadyTime now) {
    if (windows_.size() >= users_max_ && !windows_.contains(sender)) make_room(now);
    auto& window = windows_[sender];
    const auto length = std::chrono::seconds(limits.window_seconds);
    // The limits may have changed while the window was open: it never lasts longer than they say
    // now.
    if (now >= window.end || window.end - now > length) window = {now + length, 0};
    if (++window.count <= limits.message_limit) return {};
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(window.end - now);
    return {false, left.count()};
  }

  void make_room(SteadyTime now) {
    std::erase_if(windows_, [now](const auto& entry) { return now >= entry.second.end; });
    if (windows_.size() >= users_max_) windows_.clear();
  }

  const Clock& clock_;
  const std::size_t users_max_;
  std::unordered_map<UserId, Window> windows_;
};

}  // namespace

std::unique_ptr<RateLimiter> make_memory_rate_limiter(const Clock& clock, std::size_t users_max) {
  return std::make_unique<MemoryRateLimiter>(clock, users_max);
}

}  // namespace hubbub
