#include "session/activity_feed.h"

#include <algorithm>

#include "base/resident_memory.h"
#include "wire/activity_frame.h"

namespace hubbub {
namespace {

constexpr std::chrono::seconds kInterval{1};

}  // namespace

ActivityFeed::ActivityFeed(const Clock& clock, const Metrics& metrics, const SessionCensus& census)
    : clock_(clock), metrics_(metrics), census_(census), before_{clock.steady_now()} {}

Shared<Frame> ActivityFeed::frame(std::int64_t users_online) {
  if (is_gathering_.test_and_set(std::memory_order_acquire)) return latest_.load();
  const auto now = clock_.steady_now();
  if (!has_figures_ || now - before_.at >= kInterval) {
    const auto present = totals(now);
    latest_.store(gather(users_online, present));
    before_ = present;
    has_figures_ = true;
  }
  is_gathering_.clear(std::memory_order_release);
  return latest_.load();
}

ActivityFeed::Totals ActivityFeed::totals(SteadyTime now) const {
  return {
      now, metrics_.sum("hubbub_messages_total"), metrics_.sum("hubbub_deliveries_total"),
      metrics_.sum("hubbub_rate_limited_total") + metrics_.sum("hubbub_slow_mode_refused_total")};
}

Shared<Frame> ActivityFeed::gather(std::int64_t users_online, const Totals& totals) const {
  const std::chrono::duration<double> since = totals.at - before_.at;
  const auto per_second = [&](std::int64_t now, std::int64_t before) {
    // The very first figures may come before any time has passed.
    return since.count() > 0 ? static_cast<double>(now - before) / since.count() : 0.0;
  };
  return v1::activity({.at = clock_.now(),
                       .connections = census_.open(),
                       .users_online = users_online,
                       .messages_per_second = per_second(totals.messages, before_.messages),
                       .deliveries_per_second = per_second(totals.deliveries, before_.deliveries),
                       .refused_per_second = per_second(totals.refused, before_.refused),
                       .log_waiting = metrics_.sum("hubbub_log_waiting"),
                       .memory_bytes = resident_memory_bytes()});
}

}  // namespace hubbub
