// Built-in accounts: who may have one, and proof that it is theirs. Over AccountStore, without
// HTTP.
//
// Thread: any worker; all calls block, those with a password for 100 ms and 64 MiB each, so the
// pool that calls them has two threads or so. Borrows store and clock for its life. Errors of all:
// kUnavailable (database, memory). Details are sentences for the person, `field` names the input
// that they are about.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "auth/password.h"
#include "base/attempt_limiter.h"
#include "base/clock.h"
#include "base/error.h"
#include "store/accounts.h"
#include "wire/role.h"

namespace hubbub {

// HUBBUB_SIGN_UP
enum class SignUp : std::uint8_t { kOpen, kInvite, kClosed };
std::optional<SignUp> sign_up_named(std::string_view name);

struct AccountSettings {
  std::string public_url = {};  // HUBBUB_PUBLIC_URL, without a slash at the end
  SignUp sign_up = SignUp::kInvite;
  std::string admin_role = "admin";          // HUBBUB_ADMIN_ROLE: what the setup link gives
  std::string moderator_role = "moderator";  // HUBBUB_MODERATOR_ROLE
  PasswordCost password_cost = {};
};

// A browser that proved who uses it.
struct SignedIn {
  Account account;
  SignIn sign_in;
  std::string cookie;  // the secret; only of a sign-in that was just made
};

// One-time: sets a new password.
struct ResetLink {
  Account account;
  std::string url;
  std::chrono::seconds lifetime;
};

class Accounts {
 public:
  Accounts(AccountStore& store, AccountSettings settings, const Clock& clock);

  // --- people ---
  // `code`: an invitation; needed unless sign-up is open; the setup's makes an administrator. An
  // invitation counts although sign-up is closed: somebody made it on purpose.
  // Errors: kInvalid, kConflict (name taken), kForbidden (code), kRateLimited.
  Result<SignedIn> sign_up(const std::string& username, const std::string& password,
                           const std::string& code, const std::string& address);
  // Errors: kUnauthorized (never saying which of the two was wrong), kRateLimited.
  Result<SignedIn> sign_in(const std::string& username, const std::string& password,
                           const std::string& address);
  // Nothing when the cookie is unknown or its sign-in has ended.
  Result<std::optional<SignedIn>> find(const std::string& cookie);
  // Ends all sign-ins of the account and makes a new one. Errors: kUnauthorized (field "current"),
  // kInvalid, kRateLimited.
  Result<SignedIn> change_password(const UserId& id, const std::string& current,
                                   const std::string& password, const std::string& address);
  // The same with a reset link's code. Errors: kForbidden (the link), kInvalid.
  Result<SignedIn> reset_password(const std::string& code, const std::string& password,
                                  const std::string& address);
  // Whose password the link sets, while it works.
  Result<std::optional<Account>> find_reset(const std::string& code);
  Result<std::optional<Invitation>> find_invitation(const std::string& code);
  Status sign_out(const std::string& sign_in_id) { return store_.remove_sign_in(sign_in_id); }
  Status sign_out_everywhere(const UserId& id) { return store_.remove_sign_ins(id); }

  // --- the operator ---
  Result<std::vector<Account>> list() { return store_.accounts(); }
  // Without a password: gives the link that sets it. Errors: kInvalid, kConflict.
  Result<std::string> add(const std::string& username);
  // One-time, for 24 hours; replaces an earlier one. Errors: kUnknownUser.
  Result<std::string> reset_link(const std::string& username);
  // Errors of these: kUnknownUser. They act on tokens made from now on.
  Status set_role(const std::string& username, const std::string& role, bool is_granted);
  Status set_disabled(const std::string& username, bool is_disabled);
  // An invitation for `uses` people; without `lifetime` it lasts until used.
  Result<std::string> invite(std::int64_t uses, std::optional<std::chrono::seconds> lifetime,
                             const std::string& created_by);
  // Leaves a row in the audit log, stamped with the present time.
  Status record(AuditRecord act);
  // The link that makes the first administrator, the same at each start until it was used; nothing
  // once there is one. Members do not count: whoever uses an invitation first must not lock the
  // operator out. Logs what goes wrong.
  std::optional<std::string> setup_link();
  // The link for the next person, the same until it was used; then a new one. Logs what goes wrong.
  std::optional<std::string> invitation_link();

  // --- administrators, while the server runs (accounts_administration.cc) ---
  // Nothing when there is no such account.
  Result<std::optional<Account>> find_account(const UserId& id) { return store_.find_account(id); }
  // What its roles mean here.
  [[nodiscard]] Role role_of(const Account& account) const;
  // Gives the account exactly this role; roles of other meanings stay. Both give the account as it
  // was before. Errors: kUnknownUser; kConflict: nobody would be left who is an administrator.
  Result<Account> assign_role(const UserId& id, Role role);
  Result<Account> set_disabled(const UserId& id, bool is_disabled);
  // Errors: kUnknownUser.
  Result<ResetLink> make_reset_link(const UserId& id);
  // Those that can still be used.
  Result<std::vector<Invitation>> invitations();
  // Errors: kInvalid.
  Result<Invitation> make_invitation(std::int64_t uses,
                                     std::optional<std::chrono::seconds> lifetime,
                                     const std::string& created_by);
  // Gives what it was. Errors: kNotFound, field "code".
  Result<Invitation> revoke_invitation(const std::string& code);
  [[nodiscard]] std::string link_of(const Invitation& invitation) const;

  [[nodiscard]] const AccountSettings& settings() const { return settings_; }
  [[nodiscard]] Time now() const { return clock_.now(); }

 private:
  Status take_attempt(const std::string& address, const std::string& username);
  void attempt_went_well(const std::string& address, const std::string& username);
  Result<SignedIn> begin_sign_in(Account account);
  Result<SignedIn> set_password(Account account, const std::string& password);
  Result<Account> named(const std::string& username);
  std::optional<std::string> standing_link(InvitationKind kind, const std::string& role);
  // For invitations and links: 22 characters that fit a line and cannot be guessed.
  static std::string fresh_code();

  AccountStore& store_;
  const AccountSettings settings_;
  const Clock& clock_;
  const PasswordHasher hasher_;
  AttemptLimiter by_account_;
  AttemptLimiter by_address_;
};

}  // namespace hubbub
