#include "log/refusal_log.h"

#include <algorithm>
#include <memory>
#include <utility>

namespace hubbub {

RefusalLog::RefusalLog(std::size_t senders_max)
    : senders_max_(senders_max), published_(std::make_shared<const std::vector<RefusedSender>>()) {}

void RefusalLog::add(const Author& user, Time now) {
  const auto found = std::ranges::find(
      senders_, user.id,
      [](const RefusedSender& sender) -> const UserId& { return sender.user.id; });
  if (found == senders_.end()) {
    if (senders_.size() >= senders_max_) senders_.pop_back();
    senders_.push_front({user, 0, now});
  } else {
    senders_.splice(senders_.begin(), senders_, found);
  }
  auto& sender = senders_.front();
  sender.user.username = user.username;
  ++sender.refused;
  sender.last_refused_at = now;
  is_changed_ = true;
}

void RefusalLog::publish() {
  if (!std::exchange(is_changed_, false)) return;
  published_.store(
      std::make_shared<const std::vector<RefusedSender>>(senders_.begin(), senders_.end()));
}

}  // namespace hubbub
