// The commands with which the mirror changes what is in Valkey. Pure.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.h"
#include "state/valkey/connection.h"
#include "state/valkey/presence_counts.h"

namespace hubbub::valkey {

using Commands = std::vector<ValkeyCommand>;

// As the old server trims them.
inline constexpr std::size_t kRecentCountMax = 500;
inline constexpr std::string_view kRecentMessages = "recent_messages";
inline constexpr std::string_view kMessageCounter = "cache_message_id";
inline constexpr std::string_view kPrivateMessageCounter = "cache_private_message_id";

std::string recent_private_messages(const UserId& user);

// All or nothing, for every reader.
Commands as_one(Commands commands);

// Each appends to `commands`.
void append_recent(Commands& commands, std::string_view list, std::vector<std::string> entries);
void replace_recent(Commands& commands, std::string_view list, std::vector<std::string> entries);
void remove_recent(Commands& commands, std::span<const MessageId> messages);
// Up to `at_least`, never down: the old server gives the next message the number after it.
void raise_counter(Commands& commands, std::string_view counter, MessageId at_least);
// Of the hash of one node; empty changes change nothing.
void change_presence(Commands& commands, const std::string& hash,
                     std::span<const PresenceChange> changes);
// Puts its end off; the reply is 0 when it is not there.
void keep_presence(Commands& commands, const std::string& hash);

}  // namespace hubbub::valkey
