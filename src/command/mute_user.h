// Takes a person's right to send, in one channel or everywhere, and gives it back.
// docs/moderation.md
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/error.h"
#include "command/caller.h"
#include "hub/hub.h"
#include "store/pending_entry.h"

namespace hubbub {

// A year.
inline constexpr std::int64_t kMuteMinutesMax = 525'600;

struct MuteRequest {
  UserId user;
  std::optional<ChannelId> channel;     // nothing: everywhere
  std::string reason;                   // empty: none
  std::optional<std::int64_t> minutes;  // nothing: until lifted
};

// Errors: kForbidden; kInvalid with the field; kUnknownChannel, also for one that the caller does
// not see. Whether the person is there, with a role below the caller's, the store says.
Result<PendingEntry> mute_user(const Caller& caller, const Hub& hub, MuteRequest request);
// Errors: kForbidden. Whether there is such a mute, the store says.
Result<PendingEntry> unmute_user(const Caller& caller, std::int64_t mute);

}  // namespace hubbub
