// One message to a channel's log. docs/protocol.md, To the server.
//
// Nobody sees it before it is durable: fan-out starts from the committed entry (log/log_writer.h).
#pragma once

#include "base/clock.h"
#include "base/error.h"
#include "command/caller.h"
#include "hub/hub.h"
#include "store/store.h"
#include "wire/client_command.h"

namespace hubbub {

// Errors: kForbidden, kInvalid, kUnknownChannel, kMuted, kReadOnly.
Result<PendingEntry> send_message(const Caller& caller, const Hub& hub, Time now,
                                  SendMessage&& command);

}  // namespace hubbub
