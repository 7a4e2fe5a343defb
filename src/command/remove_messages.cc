#include "command/remove_messages.h"

#include <utility>

#include "command/command_table.h"

namespace hubbub {

Result<PendingEntry> remove_messages(const Caller& caller, std::vector<MessageId> ids) {
  if (auto allowed = check_role(caller, Verb::kRemoveMessages); !allowed) return allowed.error();
  if (ids.empty()) return Error{Code::kInvalid, "No IDs provided", "ids"};
  if (ids.size() > kRemovedMessagesMax) {
    return Error{Code::kInvalid, "At most 500 messages are removed at once", "ids"};
  }
  return RemoveMessages{std::move(ids), caller.actor(), Time{}, caller.role};
}

}  // namespace hubbub
