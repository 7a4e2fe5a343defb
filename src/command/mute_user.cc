#include "command/mute_user.h"

#include <chrono>
#include <utility>

#include "command/command_table.h"
#include "command/restriction.h"

namespace hubbub {

Result<PendingEntry> mute_user(const Caller& caller, const Hub& hub, MuteRequest request) {
  if (auto allowed = check_role(caller, Verb::kMuteUser); !allowed) return allowed.error();
  if (request.user.empty()) return Error{Code::kInvalid, "user_id is required", "user_id"};
  if (auto valid = check_user_id(request.user, "user_id"); !valid) return valid.error();
  if (request.channel && !hub.find_channel(*request.channel, caller.role)) {
    return Error{Code::kUnknownChannel, "There is no such channel", "channel_id"};
  }
  if (auto valid = check_reason(request.reason); !valid) return valid.error();
  if (auto valid = check_length(request.minutes, kMuteMinutesMax, "duration_minutes"); !valid) {
    return valid.error();
  }
  MuteUser mute{.user = std::move(request.user),
                .channel = request.channel.value_or(ChannelId{}),
                .reason = std::move(request.reason),
                .duration = {},
                .by = caller.actor(),
                .by_role = caller.role,
                .at = {}};
  if (request.minutes) mute.duration = std::chrono::minutes(*request.minutes);
  return mute;
}

Result<PendingEntry> unmute_user(const Caller& caller, std::int64_t mute) {
  if (auto allowed = check_role(caller, Verb::kUnmuteUser); !allowed) return allowed.error();
  return UnmuteUser{mute, caller.actor(), Time{}};
}

}  // namespace hubbub
