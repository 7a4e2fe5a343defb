// What of a message stands in Valkey's lists of recent messages, in the old server's form
// (docs/valkey.md). Pure.
#pragma once

#include <string>

#include "wire/entry.h"

namespace hubbub {

// Whether messages of this channel may stand there. The old server, and an operator's tools, show
// what they find there to everybody.
bool is_mirrored(const Channel& channel);

// {"cache_id":N,"data":{…}}. REQUIRES: kMessage or kPrivateMessage, not removed.
std::string mirrored_entry(const Entry& entry);

}  // namespace hubbub
