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
    CommandRow{Verb::kUpdateChannel, "rename, describe or reorder a channel", Role::kAdmin},
    CommandRow{Verb::kDeleteChannel, "delete or purge a channel", Role::kAdmin},
    CommandRow{Verb::kSearchMessages, "search messages", Role::kMember},
    CommandRow{Verb::kReadLimits, "read the rate limits", Role::kMember},
    CommandRow{Verb::kUpdateLimits, "change the rate limits", Role::kAdmin},
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
