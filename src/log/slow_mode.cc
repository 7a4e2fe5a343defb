#include "log/slow_mode.h"

#include <utility>

namespace hubbub {
namespace {

bool is_repetition(const PendingMessage& message, const std::string& last_key) {
  return !message.send_key.empty() && message.send_key == last_key;
}

}  // namespace

std::size_t SlowMode::PlaceHash::operator()(const Place& place) const noexcept {
  // 2^64 divided by the golden ratio: spreads small ids over all bits.
  constexpr std::size_t kSpread = 0x9E37'79B9'7F4A'7C15;
  return std::hash<UserId>{}(place.author) ^ (std::hash<ChannelId>{}(place.channel) * kSpread);
}

SlowMode::SlowMode(std::size_t senders_max) : senders_max_(senders_max) {}

std::chrono::milliseconds SlowMode::wait_for(const PendingMessage& message, SteadyTime now) {
  using std::chrono::milliseconds;
  if (message.slow_mode_seconds <= 0) return {};
  const std::chrono::seconds interval(message.slow_mode_seconds);
  const Place place{message.author.id, message.channel};
  if (const auto asked = asked_.find(place); asked != asked_.end()) {
    return is_repetition(message, asked->second) ? milliseconds{} : milliseconds(interval);
  }
  const auto last = stored_.find(place);
  if (last != stored_.end() && now < last->second.at + interval) {
    if (is_repetition(message, last->second.send_key)) return {};
    return std::chrono::ceil<milliseconds>(last->second.at + interval - now);
  }
  asked_.emplace(place, message.send_key);
  return {};
}

void SlowMode::on_stored(const PendingMessage& message, SteadyTime now) {
  if (message.slow_mode_seconds <= 0) return;
  Place place{message.author.id, message.channel};
  if (!stored_.contains(place)) make_room(now);
  stored_.insert_or_assign(
      std::move(place),
      LastMessage{now, now + std::chrono::seconds(message.slow_mode_seconds), message.send_key});
}

void SlowMode::end_batch() { asked_.clear(); }

void SlowMode::make_room(SteadyTime now) {
  if (stored_.size() < senders_max_) return;
  std::erase_if(stored_, [now](const auto& item) { return now >= item.second.over_at; });
  if (stored_.size() >= senders_max_) stored_.clear();
}

}  // namespace hubbub
