// One private message, to the inboxes of its sender and its recipient. docs/protocol.md, To the
// server.
#pragma once

#include "base/error.h"
#include "command/caller.h"
#include "store/store.h"
#include "wire/client_command.h"

namespace hubbub {

// Errors: kForbidden, kInvalid. Whether the recipient is known, the store says.
Result<PendingEntry> send_private_message(const Caller& caller, SendPrivateMessage command);

}  // namespace hubbub
