// From rows to entries: three ways to select the same columns, and the one function that reads
// them.
#pragma once

#include "store/sql/database.h"
#include "wire/entry.h"

namespace hubbub::sql {

// Stored in logs.kind.
enum class LogKind : std::uint8_t { kChannel = 1, kInbox = 2 };

// Entries of any kind, in a log l.
std::string select_log_entries(const Dialect& dialect);
// Messages m of channels c; FROM and the order of joins are the caller's.
std::string chat_message_columns(const Dialect& dialect);
// Private messages p, each as it stands in the sender's inbox and, unless it is the same, in the
// recipient's, in this order.
std::string select_private_messages(const Dialect& dialect, const std::string& where);

// REQUIRES: a row of one of the above.
Entry read_entry(const Rows& row);

}  // namespace hubbub::sql
