// What the log writer hands to Store::commit, and what became of it.
//
// Every administrative act (all that carry an Actor) is written to the audit log in the transaction
// that carries it out: who, from where, what, before and after. Times are the log writer's.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/error.h"
#include "wire/account_change.h"
#include "wire/entry.h"
#include "wire/restrictions.h"
#include "wire/role.h"

namespace hubbub {

// --- messages ---

struct PendingMessage {
  ChannelId channel;
  Author author;
  std::string text;
  std::string send_key;  // empty: none (old protocol)
  Time authored_at;
  // The channel's slow mode as it concerns the author; 0: none. The log writer's business.
  std::int64_t slow_mode_seconds = 0;
};
// One entry in the sender's inbox and one in the recipient's; one alone for a message to oneself.
struct PendingPrivateMessage {
  UserId recipient;
  Author author;
  std::string text;
  std::string send_key;
  Time authored_at;
};
// Messages of channels. Each becomes blank, and its log gets a kRemoval entry; those that are
// unknown, removed already, or of channels that `by_role` does not see are passed over.
// Committed::entries are the removals.
// Errors: kNotFound, field "ids", when none of them is there.
struct RemoveMessages {
  std::vector<MessageId> ids;
  Actor by;
  Time at;
  Role by_role = Role::kAdmin;
};

// --- channels and limits ---

// Appended at the end of the display order (sort_order = highest + 1).
struct CreateChannel {
  std::string name;
  std::optional<std::string> description;
  Actor by;
  Time at;
};
struct ChannelRulesChange {
  std::optional<bool> is_read_only = {};
  std::optional<bool> is_staff_only = {};
  std::optional<std::int64_t> slow_mode_seconds = {};
  std::optional<bool> is_private = {};
};
struct UpdateChannel {
  ChannelId id;
  std::optional<std::string> name;
  std::optional<std::string> description;
  Actor by;
  Time at;
  ChannelRulesChange rules = {};
};
// Moves `id` before `before`; to the end when there is no such channel; sort orders become 1..n.
struct ReorderChannel {
  ChannelId id;
  ChannelId before;
  Actor by;
  Time at;
};
// Takes the channel out of the list and frees its name (archives it); its messages stay, and stay
// searchable, unless `purge`, which deletes them and ends the log. The rest is renumbered 1..n.
// Purging takes an archived channel too.
struct DeleteChannel {
  ChannelId id;
  bool purge = false;
  Actor by;
  Time at;
};
// An archived channel comes back, at the end of the order, with its log.
// Errors: kUnknownChannel unless it is archived; kConflict when its name is taken meanwhile.
struct RestoreChannel {
  ChannelId id;
  Actor by;
  Time at;
};
struct UpdateLimits {
  MessageLimits limits;
  Actor by;
  Time at;
};

// --- people ---

// Who a token named: remembered, with an inbox of their own, so that people can be written to while
// away. Known already: name and role are brought up to date. Goes through the log writer like all
// writes, so that a thousand newcomers cost a few commits and never wait for one another's locks.
struct RememberUser {
  Author user;
  Time at;
  Role role = Role::kMember;
};

// Committed::id is the ban's. A person may have several; the longest counts. Someone never seen can
// be banned too.
// Errors: kForbidden when the person's role, as last seen, is not below the actor's (an
// administrator may ban anyone); kConflict, field "banished_id", when it is the last administrator
// who is not banned, or the actor.
struct BanUser {
  UserId user;
  std::string reason;  // empty: none
  std::optional<std::chrono::microseconds> duration;
  Actor by;
  Role by_role = Role::kAdmin;
  Time at;
};
// Ends a ban; its row stays. Pardoned or ended already: nothing changes.
// Errors: kNotFound, field "ban_id".
struct PardonBan {
  std::int64_t ban = 0;
  Actor by;
  Time at;
};
// Committed::id is the mute's. Errors: kForbidden as for BanUser; kConflict, field "user_id": the
// actor; kUnknownChannel; kUnknownUser.
struct MuteUser {
  UserId user;
  ChannelId channel;   // 0: everywhere
  std::string reason;  // empty: none
  std::optional<std::chrono::microseconds> duration;
  Actor by;
  Role by_role = Role::kAdmin;
  Time at;
};
// Lifted or ended already: nothing changes. Errors: kNotFound, field "mute_id".
struct UnmuteUser {
  std::int64_t mute = 0;
  Actor by;
  Time at;
};

// What someone did to a built-in account (the account itself is AccountStore's business): for the
// audit log, and so that it acts on open connections. `before` and `after`: JSON objects, or empty.
struct RecordAccountChange {
  UserId user;
  std::string action;  // "account.role", "account.disable", …
  std::string target;  // what the audit log shows: the username
  std::string before;
  std::string after;
  // Set: the person's role from now on.
  std::optional<Role> role;
  // Their connections end.
  bool is_disabled = false;
  Actor by;
  Time at;
};

// --- activity ---

// One connection of a signed-in person. `number` is unique while the server runs.
struct SessionRecord {
  std::int64_t number = 0;
  UserId user;
  Time start;
  std::optional<Time> end;  // nothing: still open
};
// What opened and ended since the last time, and that the rest is still open: after a crash the
// open ones end at the last of these. `connections_peak`: the most at once since the last time.
struct RecordSessions {
  std::vector<SessionRecord> sessions;
  std::int64_t connections_peak = 0;
  Time at;
};

using PendingEntry = std::variant<PendingMessage, PendingPrivateMessage, RemoveMessages,
                                  CreateChannel, UpdateChannel, ReorderChannel, DeleteChannel,
                                  RestoreChannel, UpdateLimits, RememberUser, BanUser, PardonBan,
                                  MuteUser, UnmuteUser, RecordAccountChange, RecordSessions>;

// --- what became of it ---

struct Committed {
  // The author's entry first. Empty for changes of the directory.
  std::vector<Entry> entries;
  // The send key was stored before; `entries` are those of the first time.
  bool is_repeated = false;
  // CreateChannel: the new channel's id.
  ChannelId channel;
  // BanUser, MuteUser: the new row's id.
  std::int64_t id = 0;
};

struct CommitOutcome {
  // Entry by entry in the order given. Refusals of single entries leave the rest unharmed:
  // kUnknownChannel (message, or a directory change of an id that is not there), kUnknownUser
  // (recipient never seen), kSendKeyConflict, kConflict (channel name taken), and what the structs
  // above say.
  std::vector<Result<Committed>> results;
  // Set when the batch changed the channels or limits.
  std::optional<Directory> directory;
  // Set when the batch changed bans or mutes.
  std::optional<Restrictions> restrictions;
  std::vector<AccountChange> account_changes;
};

}  // namespace hubbub
