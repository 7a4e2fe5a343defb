#include "command/account_changes.h"

#include <string>
#include <utility>

#include "command/command_table.h"
#include "command/restriction.h"
#include "wire/json_writer.h"

namespace hubbub {
namespace {

RecordAccountChange change_of(const Caller& caller, const Account& account, std::string action) {
  return {.user = account.id,
          .action = std::move(action),
          .target = account.username,
          .before = {},
          .after = {},
          .role = {},
          .is_disabled = false,
          .by = caller.actor(),
          .at = {}};
}

std::string role_json(Role role) {
  JsonWriter json;
  json.object().member("role", role_name(role)).end_object();
  return json.take();
}

std::string disabled_json(bool is_disabled) {
  JsonWriter json;
  json.object().member("disabled", is_disabled).end_object();
  return json.take();
}

// Its code is a secret while somebody can still use it: the audit log names its beginning.
std::string name_of(const Invitation& invitation) { return invitation.code.substr(0, 6) + "…"; }

std::string invitation_json(const Invitation& invitation) {
  JsonWriter json;
  json.object().member("uses_left", invitation.uses_left);
  if (invitation.expires_at) json.member("expires_at", format_time(*invitation.expires_at));
  json.end_object();
  return json.take();
}

}  // namespace

Status check_account_change(const Caller& caller, const UserId& account) {
  if (auto allowed = check_role(caller, Verb::kChangeAccounts); !allowed) return allowed;
  if (account.empty()) return Error{Code::kInvalid, "id is required", "id"};
  if (auto valid = check_user_id(account, "id"); !valid) return valid;
  if (account != caller.user.id) return {};
  return Error{Code::kConflict, "Your own account is changed by another administrator", "id"};
}

Status check_invitation(const Caller& caller, std::int64_t uses, std::optional<std::int64_t> days) {
  if (auto allowed = check_role(caller, Verb::kChangeAccounts); !allowed) return allowed;
  if (auto valid = check_length(uses, kInvitationUsesMax, "uses"); !valid) return valid;
  return check_length(days, kInvitationDaysMax, "days");
}

RecordAccountChange role_assigned(const Caller& caller, const Account& was, Role role,
                                  Role assigned) {
  auto change = change_of(caller, was, "account.role");
  change.before = role_json(role);
  change.after = role_json(assigned);
  // Somebody who is shut out has no role that counts, and stays out.
  change.is_disabled = was.is_disabled;
  change.role = was.is_disabled ? Role::kMember : assigned;
  return change;
}

RecordAccountChange account_disabled(const Caller& caller, const Account& was) {
  auto change = change_of(caller, was, "account.disable");
  change.before = disabled_json(false);
  change.after = disabled_json(true);
  change.role = Role::kMember;
  change.is_disabled = true;
  return change;
}

RecordAccountChange account_enabled(const Caller& caller, const Account& was, Role role) {
  auto change = change_of(caller, was, "account.enable");
  change.before = disabled_json(true);
  change.after = disabled_json(false);
  change.role = role;
  return change;
}

RecordAccountChange reset_link_made(const Caller& caller, const Account& account) {
  return change_of(caller, account, "account.reset_link");
}

RecordAccountChange invitation_made(const Caller& caller, const Invitation& invitation) {
  auto change = change_of(caller, {}, "account.invite");
  change.target = name_of(invitation);
  change.after = invitation_json(invitation);
  return change;
}

RecordAccountChange invitation_revoked(const Caller& caller, const Invitation& invitation) {
  auto change = change_of(caller, {}, "account.revoke_invitation");
  change.target = name_of(invitation);
  change.before = invitation_json(invitation);
  return change;
}

}  // namespace hubbub
