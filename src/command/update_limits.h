// The rate limit of messages, for everyone, effective with the next message. docs/api.md, Limits.
#pragma once

#include "base/error.h"
#include "command/caller.h"
#include "store/store.h"

namespace hubbub {

// Errors: kForbidden; kInvalid unless 1 to 1,000,000 messages in 1 to 86,400 seconds.
Result<PendingEntry> update_limits(const Caller& caller, MessageLimits limits);

}  // namespace hubbub
