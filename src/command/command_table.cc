#include "command/command_table.h"

#include <array>

#include "base/check.h"

namespace hubbub {
namespace {

// In the order of enum Verb.
constexpr std::array kRows = {
    CommandRow{Verb::kSendMessage, "send a message", Role::kMember},
    CommandRow{Verb::kSendPrivateMessage, "send a private message", Role::kMember},
    CommandRow{Verb::kSubscribe, "subscribe a log", Role::kMember},
    CommandRow{Verb::kReadHistory, "read history", Role::kMember},
    CommandRow{Verb::kRefreshToken, "refresh the token", Role::kMember},
    CommandRow{Verb::kListChannels, "list channels", Role::kMember},
    CommandRow{Verb::kCreateChannel, "create a channel", Role::kAdmin},
    CommandRow{Verb::kUpdateChannel, "rename, describe, reorder a channel, set its rules",
               Role::kAdmin},
    CommandRow{Verb::kDeleteChannel, "delete or purge a channel", Role::kAdmin},
    CommandRow{Verb::kSearchMessages, "search messages", Role::kMember},
    CommandRow{Verb::kReadLimits, "read the rate limits", Role::kMember},
    CommandRow{Verb::kUpdateLimits, "change the rate limits", Role::kAdmin},
    CommandRow{Verb::kRemoveMessages, "remove messages", Role::kModerator},
    CommandRow{Verb::kReadArchivedChannels, "list archived channels", Role::kAdmin},
    CommandRow{Verb::kRestoreChannel, "restore an archived channel", Role::kAdmin},
    CommandRow{Verb::kReadPeople, "find people, read profiles", Role::kModerator},
    CommandRow{Verb::kReadBans, "read bans and mutes", Role::kModerator},
    CommandRow{Verb::kBanUser, "ban a person", Role::kModerator},
    CommandRow{Verb::kPardonBan, "pardon a ban", Role::kModerator},
    CommandRow{Verb::kMuteUser, "mute a person", Role::kModerator},
    CommandRow{Verb::kUnmuteUser, "lift a mute", Role::kModerator},
    CommandRow{Verb::kReadActivity, "read and watch activity", Role::kModerator},
    CommandRow{Verb::kReadAuditLog, "read the audit log", Role::kAdmin},
    CommandRow{Verb::kReadInvitations, "read invitations to built-in accounts", Role::kAdmin},
    CommandRow{Verb::kChangeAccounts, "change roles, disable, reset, invite built-in accounts",
               Role::kAdmin},
    CommandRow{Verb::kReadMetrics, "read the metrics", Role::kAdmin},
};

}  // namespace

std::span<const CommandRow> command_table() { return kRows; }

Status check_role(const Caller& caller, Verb verb) {
  const auto& row = kRows[static_cast<std::size_t>(verb)];
  HUBBUB_CHECK(row.verb == verb);
  if (has_at_least(caller.role, row.least_role)) return {};
  return Error{Code::kForbidden};
}

}  // namespace hubbub
