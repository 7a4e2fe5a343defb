// Whether someone may speak just now. docs/protocol.md, Errors.
#pragma once

#include "base/clock.h"
#include "base/error.h"
#include "command/caller.h"
#include "wire/restrictions.h"

namespace hubbub {

// `channel`: 0 for a private message.
// Errors: kMuted, with retry_after_ms where the mute has an end.
Status check_mute(const Caller& caller, const Restrictions& restrictions, ChannelId channel,
                  Time now);

}  // namespace hubbub
