// What administrators do to built-in accounts, by the account's id.
#include <algorithm>
#include <utility>

#include "auth/accounts.h"
#include "auth/secret.h"
#include "base/random.h"

namespace hubbub {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::seconds kResetLifetime = 24h;
constexpr std::size_t kCodeBytes = 16;  // 128 bits

bool has_role(const Account& account, const std::string& role) {
  return std::ranges::find(account.roles, role) != account.roles.end();
}

}  // namespace

std::string Accounts::fresh_code() { return random_token(kCodeBytes); }

Role Accounts::role_of(const Account& account) const {
  if (has_role(account, settings_.admin_role)) return Role::kAdmin;
  return has_role(account, settings_.moderator_role) ? Role::kModerator : Role::kMember;
}

Result<Account> Accounts::assign_role(const UserId& id, Role role) {
  AccountEdit edit{.kept_role = settings_.admin_role};
  (role == Role::kAdmin ? edit.granted : edit.revoked).push_back(settings_.admin_role);
  (role == Role::kModerator ? edit.granted : edit.revoked).push_back(settings_.moderator_role);
  return store_.edit_account(id, edit);
}

Result<Account> Accounts::set_disabled(const UserId& id, bool is_disabled) {
  return store_.edit_account(id, {.is_disabled = is_disabled, .kept_role = settings_.admin_role});
}

Result<ResetLink> Accounts::make_reset_link(const UserId& id) {
  auto account = store_.find_account(id);
  if (!account) return account.error();
  if (!*account) return Error{Code::kUnknownUser, "There is no such account."};
  const auto code = fresh_code();
  const auto added = store_.add_reset(secret_hash(code), id, clock_.now() + kResetLifetime);
  if (!added) return added.error();
  return ResetLink{std::move(**account), settings_.public_url + "/reset?code=" + code,
                   kResetLifetime};
}

Result<std::vector<Invitation>> Accounts::invitations() { return store_.invitations(clock_.now()); }

Result<Invitation> Accounts::make_invitation(std::int64_t uses,
                                             std::optional<std::chrono::seconds> lifetime,
                                             const std::string& created_by) {
  if (uses < 1) return Error{Code::kInvalid, "An invitation is for one person or more."};
  Invitation invitation{.code = fresh_code(),
                        .uses_left = uses,
                        .created_by = created_by,
                        .created_at = clock_.now()};
  if (lifetime) invitation.expires_at = invitation.created_at + *lifetime;
  if (auto added = store_.add_invitation(invitation); !added) return added.error();
  return invitation;
}

Result<Invitation> Accounts::revoke_invitation(const std::string& code) {
  auto found = store_.find_invitation(code, clock_.now());
  if (!found) return found.error();
  if (!*found) return Error{Code::kNotFound, "There is no such invitation.", "code"};
  if (auto removed = store_.remove_invitation(code); !removed) return removed.error();
  return std::move(**found);
}

std::string Accounts::link_of(const Invitation& invitation) const {
  const auto* path = invitation.kind == InvitationKind::kSetup ? "/setup?code=" : "/join?code=";
  return settings_.public_url + path + invitation.code;
}

}  // namespace hubbub
