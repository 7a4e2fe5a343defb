// What an administrator does to built-in accounts: who may, and what the audit log and open
// connections learn of it. The account itself is changed by auth/accounts.h in between.
#pragma once

#include <cstdint>
#include <optional>

#include "base/error.h"
#include "command/caller.h"
#include "store/accounts.h"
#include "store/pending_entry.h"

namespace hubbub {

// An invitation's bounds.
inline constexpr std::int64_t kInvitationUsesMax = 10'000;
inline constexpr std::int64_t kInvitationDaysMax = 366;

// Before a change of role, or disabling. Errors: kForbidden; kInvalid, field "id"; kConflict: the
// caller's own account, which another administrator may change.
Status check_account_change(const Caller& caller, const UserId& account);
// Errors: kForbidden; kInvalid with the field.
// `days`: how long it lasts; nothing: until used.
Status check_invitation(const Caller& caller, std::int64_t uses, std::optional<std::int64_t> days);

// Afterwards. `was`: the account before, `role`: what its roles meant then.
RecordAccountChange role_assigned(const Caller& caller, const Account& was, Role role,
                                  Role assigned);
// A disabled administrator is none: nobody may rely on them as the last one.
RecordAccountChange account_disabled(const Caller& caller, const Account& was);
RecordAccountChange account_enabled(const Caller& caller, const Account& was, Role role);
RecordAccountChange reset_link_made(const Caller& caller, const Account& account);
RecordAccountChange invitation_made(const Caller& caller, const Invitation& invitation);
RecordAccountChange invitation_revoked(const Caller& caller, const Invitation& invitation);

}  // namespace hubbub
