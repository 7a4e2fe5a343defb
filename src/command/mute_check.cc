#include "command/mute_check.h"

namespace hubbub {

Status check_mute(const Caller& caller, const Restrictions& restrictions, ChannelId channel,
                  Time now) {
  const auto term = restrictions.mute_of(caller.user.id, channel, now);
  if (!term) return {};
  Error muted{Code::kMuted};
  if (term->end) {
    muted.retry_after_ms = std::chrono::ceil<std::chrono::milliseconds>(*term->end - now).count();
  }
  return muted;
}

}  // namespace hubbub
