// Who may do what: every verb, by WebSocket or REST, and the least role that it needs. The one
// place: sessions and routes ask it, the tests walk it, docs/roles.md prints it.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "base/error.h"
#include "command/caller.h"
#include "wire/role.h"

namespace hubbub {

enum class Verb : std::uint8_t {
  kSendMessage,
  kSendPrivateMessage,
  kSubscribe,
  kReadHistory,
  kRefreshToken,
  kListChannels,
  kCreateChannel,
  kUpdateChannel,
  kDeleteChannel,
  kSearchMessages,
  kReadLimits,
  kUpdateLimits,
  kRemoveMessages,
  kReadArchivedChannels,
  kRestoreChannel,
  kReadPeople,
  kReadBans,
  kBanUser,
  kPardonBan,
  kMuteUser,
  kUnmuteUser,
  kReadActivity,
  kReadAuditLog,
  kReadInvitations,
  kChangeAccounts,
  kReadMetrics,
};

struct CommandRow {
  Verb verb;
  std::string_view name;
  Role least_role;
};

std::span<const CommandRow> command_table();

// Errors: kForbidden.
Status check_role(const Caller& caller, Verb verb);

}  // namespace hubbub
