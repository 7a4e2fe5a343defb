// Takes messages out of channels: their text is blanked and their logs say so. docs/moderation.md
#pragma once

#include <cstddef>
#include <vector>

#include "base/error.h"
#include "command/caller.h"
#include "store/pending_entry.h"

namespace hubbub {

// One transaction, and one frame each to everybody in the channel.
inline constexpr std::size_t kRemovedMessagesMax = 500;

// Errors: kForbidden; kInvalid, field "ids", unless 1 to 500. Whether any is there, the store says.
Result<PendingEntry> remove_messages(const Caller& caller, std::vector<MessageId> ids);

}  // namespace hubbub
