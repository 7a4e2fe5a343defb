// What a log holds: an entry as it stands on disk, and its place.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/ids.h"
#include "wire/role.h"

namespace hubbub {

// "I have everything up to and including seq", of the history called epoch.
struct Position {
  std::string epoch;
  Seq seq = 0;
  bool operator==(const Position&) const = default;
};

// Who did it: as the token said when they did.
struct Author {
  UserId id;
  std::string username;
  bool operator==(const Author&) const = default;
};

// Who did an administrative act, and from which address. For the audit log.
struct Actor {
  Actor() = default;
  Actor(Author author, std::string client_address = {})
      : user(std::move(author)), address(std::move(client_address)) {}

  Author user;
  std::string address;
  bool operator==(const Actor&) const = default;
};

// Who may read a channel, who may write in it, and how often.
struct ChannelRules {
  bool is_read_only = false;   // only moderators and administrators write
  bool is_staff_only = false;  // only moderators and administrators see it
  // Between two messages of one person who is neither; 0: no slow mode.
  std::int64_t slow_mode_seconds = 0;
  bool is_private = false;  // only administrators see it, whatever is_staff_only says

  // The least role that sees it.
  [[nodiscard]] constexpr Role audience() const {
    return is_private ? Role::kAdmin : is_staff_only ? Role::kModerator : Role::kMember;
  }
  bool operator==(const ChannelRules&) const = default;
};

struct Channel {
  ChannelId id;
  LogId log;
  std::string name;
  std::string description;
  // A description that was never given; the old protocol leaves it out, an empty one it shows.
  bool has_description = false;
  std::int64_t sort_order = 0;
  UserId owner;
  Position head;
  ChannelRules rules = {};
  bool operator==(const Channel&) const = default;
};

enum class EntryKind : std::uint8_t {
  kMessage = 1,         // in a channel's log
  kPrivateMessage = 2,  // in an inbox, one each for sender and recipient
  kRemoval = 3,         // refers to an earlier entry of its log, whose text is blank from now on
};

struct Entry {
  LogId log;
  std::string epoch;
  Seq seq = 0;
  EntryKind kind = EntryKind::kMessage;
  MessageId message_id;      // kRemoval: of the removed message
  ChannelId channel;         // kMessage
  std::string channel_name;  // kMessage: the name at the time of reading
  Author author;             // empty for kRemoval
  Author recipient;          // kPrivateMessage
  std::string text;          // empty when removed
  bool is_removed = false;
  Seq removed_seq = 0;   // kRemoval
  std::string send_key;  // the author's; empty where there was none
  Time authored_at;
  bool operator==(const Entry&) const = default;
};

struct MessageLimits {
  std::int64_t message_limit = 20;
  std::int64_t window_seconds = 10;
  bool operator==(const MessageLimits&) const = default;
};

// The channels in display order (sort_order, id) and the limits, as of one commit.
struct Directory {
  std::vector<Channel> channels;
  MessageLimits limits;
};

}  // namespace hubbub
