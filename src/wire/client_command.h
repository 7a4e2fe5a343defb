// What clients say, typed: the commands of hubbub.v1 and the two messages of the old protocol.
// docs/protocol.md, To the server.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "base/ids.h"
#include "wire/entry.h"

namespace hubbub {

// A log as clients name it: a channel's id, or their inbox.
struct LogName {
  bool is_inbox = false;
  ChannelId channel;
  bool operator==(const LogName&) const = default;
};

struct SendMessage {
  ChannelId channel;  // 0: by name
  std::string channel_name;
  std::string text;
  std::string send_key;  // empty in the old protocol only
};
struct SendPrivateMessage {
  UserId recipient;
  std::string text;
  std::string send_key;
};
struct Subscribe {
  LogName log;
  std::optional<Position> since;
};
struct Unsubscribe {
  LogName log;
};
struct ReadHistory {
  LogName log;
  std::optional<Seq> before;  // exclusive
  std::optional<Seq> after;   // exclusive
  std::int64_t limit = 50;
};
struct RefreshToken {
  std::string token;
};

// Live figures for a dashboard, until Unwatch.
struct WatchActivity {};
struct UnwatchActivity {};

using ClientCommand = std::variant<SendMessage, SendPrivateMessage, Subscribe, Unsubscribe,
                                   ReadHistory, RefreshToken, WatchActivity, UnwatchActivity>;

}  // namespace hubbub
