// Keeps a person out, for a time or for good, and lets them in again. docs/moderation.md
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/error.h"
#include "command/caller.h"
#include "store/pending_entry.h"

namespace hubbub {

// A hundred years.
inline constexpr std::int64_t kBanHoursMax = 876'000;

struct BanRequest {
  UserId user;
  std::string reason;                 // empty: none
  std::optional<std::int64_t> hours;  // nothing: permanent
};

// Errors: kForbidden; kInvalid with the field. Whether the person's role is below the caller's, and
// who the last administrator is, the store says.
Result<PendingEntry> ban_user(const Caller& caller, BanRequest request);
// Errors: kForbidden. Whether there is such a ban, the store says.
Result<PendingEntry> pardon_ban(const Caller& caller, std::int64_t ban);

}  // namespace hubbub
