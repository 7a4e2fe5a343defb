// What the server says in hubbub.v1 (docs/protocol.md, From the server). Pure.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/shared.h"
#include "wire/client_command.h"
#include "wire/entry.h"
#include "wire/frame.h"

namespace hubbub::v1 {

struct Limits {
  std::int64_t message_length_max;  // unit: code points
  std::int64_t frame_bytes_max;
  std::int64_t history_count_max;
  MessageLimits messages;
};

struct Hello {
  std::string session_id, server_id, server_name;
  Author user;
  std::vector<std::string> roles;
  Limits limits;
  std::int64_t heartbeat_seconds;
  Time token_expires_at;
  std::span<const Channel> channels;
  Position inbox;
  std::string_view users;  // as user_list() gives them
};
// JSON: an array, for many a hello.
std::string user_list(std::span<const Author> users);
Shared<Frame> hello(const Hello& hello);

struct PresenceChange {
  Author user;
  bool is_online;
};
// The head of one log.
struct Head {
  LogName log;
  Position position;
};

// kMessage, kPrivateMessage or kRemoval. `with_send_key`: for the author's own connections.
Shared<Frame> entry(const Entry& entry, bool with_send_key);

Shared<Frame> ack(std::string_view send_key, const Entry& entry, bool is_repeated);
// `command`: the type of the refused command, where it had no send key.
Shared<Frame> error(const Error& error, std::string_view send_key, std::string_view command,
                    const std::optional<LogName>& log);
Shared<Frame> subscribed(const LogName& log, const Position& position, std::uint64_t replayed);
Shared<Frame> unsubscribed(const LogName& log);
Shared<Frame> gap(const LogName& log, Seq from, Seq to, std::string_view reason);
// `reader`: whose own messages carry their send keys.
Shared<Frame> history(const LogName& log, std::string_view epoch, std::span<const Entry> entries,
                      bool has_more, const UserId& reader);
// `type`: channel_created, channel_updated or channel_removed.
Shared<Frame> channel_change(std::string_view type, const Channel& channel);
// What the user may do from now on.
Shared<Frame> roles_changed(std::span<const std::string> roles);
Shared<Frame> user_status(std::span<const PresenceChange> changes);
Shared<Frame> limits_updated(const MessageLimits& limits);
Shared<Frame> heartbeat(std::span<const Head> heads);
// `type`: token_expiring or token_refreshed.
Shared<Frame> token_time(std::string_view type, Time expires_at);

// The reason of a close with 1001: {"retry_in_ms":N}.
std::string going_away_reason(std::int64_t retry_in_ms);

}  // namespace hubbub::v1
