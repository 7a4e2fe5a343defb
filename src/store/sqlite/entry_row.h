// From rows to entries: three ways to select the same columns, and the one function that reads
// them.
#pragma once

#include "store/sqlite/database.h"
#include "wire/entry.h"

namespace hubbub::sqlite {

// Stored in logs.kind.
enum class LogKind : std::uint8_t { kChannel = 1, kInbox = 2 };

// Entries of any kind, in a log l.
extern const std::string kSelectLogEntries;
// Messages m of channels c; WHERE or CROSS JOIN order is the caller's.
extern const std::string kChatMessageColumns;
// A private message p as it stands in the sender's inbox and, unless it is the same, in the
// recipient's. ?1: its id. The sender's first.
extern const std::string kSelectPrivateMessage;

// REQUIRES: a row of one of the above.
Entry read_entry(const Rows& row);

}  // namespace hubbub::sqlite
