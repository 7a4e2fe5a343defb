// What the server says in the old protocol: exactly its frame types, members and their order
// (docs/compatibility.md). Each frame ends in a newline. Pure.
#pragma once

#include <span>
#include <string_view>

#include "base/shared.h"
#include "wire/entry.h"
#include "wire/frame.h"

namespace hubbub::old_protocol {

// kMessage or kPrivateMessage; null for entries that the old protocol cannot say.
Shared<Frame> message(const Entry& entry);
Shared<Frame> user_status(const Author& user, bool is_online);

// Oldest first. Private when `is_private`.
Shared<Frame> bulk_messages(std::span<const Entry> entries, bool is_private);
Shared<Frame> active_channels(std::span<const Channel> channels);
Shared<Frame> connected_users(std::span<const Author> users);

// A message id as existing clients can read it: its low 31 bits, never 0 for an id below 2^31.
std::int64_t cache_id(MessageId id);

}  // namespace hubbub::old_protocol
