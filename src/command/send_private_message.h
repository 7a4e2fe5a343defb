// One private message, to the inboxes of its sender and its recipient. docs/protocol.md, To the
// server.
#pragma once

#include "base/clock.h"
#include "base/error.h"
#include "command/caller.h"
#include "hub/hub.h"
#include "store/store.h"
#include "wire/client_command.h"

namespace hubbub {

// Errors: kForbidden, kInvalid, kMuted. Whether the recipient is known, the store says.
Result<PendingEntry> send_private_message(const Caller& caller, const Hub& hub, Time now,
                                          SendPrivateMessage&& command);

}  // namespace hubbub
