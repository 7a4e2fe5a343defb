#include "command/ban_user.h"

#include <chrono>
#include <utility>

#include "command/command_table.h"
#include "command/restriction.h"

namespace hubbub {

Result<PendingEntry> ban_user(const Caller& caller, BanRequest request) {
  if (auto allowed = check_role(caller, Verb::kBanUser); !allowed) return allowed.error();
  if (request.user.empty()) {
    return Error{Code::kInvalid, "Both owner_id and banished_id are required", "banished_id"};
  }
  if (auto valid = check_user_id(request.user, "banished_id"); !valid) return valid.error();
  if (auto valid = check_reason(request.reason); !valid) return valid.error();
  if (auto valid = check_length(request.hours, kBanHoursMax, "duration"); !valid) {
    return valid.error();
  }
  BanUser ban{.user = std::move(request.user),
              .reason = std::move(request.reason),
              .duration = {},
              .by = caller.actor(),
              .by_role = caller.role,
              .at = {}};
  if (request.hours) ban.duration = std::chrono::hours(*request.hours);
  return ban;
}

Result<PendingEntry> pardon_ban(const Caller& caller, std::int64_t ban) {
  if (auto allowed = check_role(caller, Verb::kPardonBan); !allowed) return allowed.error();
  return PardonBan{ban, caller.actor(), Time{}};
}

}  // namespace hubbub
