#include "command/update_limits.h"

#include "command/command_table.h"

namespace hubbub {

Result<PendingEntry> update_limits(const Caller& caller, MessageLimits limits) {
  if (auto allowed = check_role(caller, Verb::kUpdateLimits); !allowed) return allowed.error();
  if (limits.message_limit < 1 || limits.message_limit > 1'000'000) {
    return Error{Code::kInvalid, "message_limit must be 1 to 1000000", "message_limit"};
  }
  if (limits.window_seconds < 1 || limits.window_seconds > 86'400) {
    return Error{Code::kInvalid, "window_seconds must be 1 to 86400", "window_seconds"};
  }
  return UpdateLimits{limits, caller.actor(), Time{}};
}

}  // namespace hubbub
