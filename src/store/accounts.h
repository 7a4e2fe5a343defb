// Built-in accounts, and what the built-in OpenID provider must remember across restarts.
//
// Thread: any worker; all calls block. Each call is one transaction, on disk when it returns.
// Errors: kUnavailable when the database cannot be had; other codes as each call says.
// Whatever is a secret comes hashed (`…_hash`); the store never sees it.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "base/ids.h"
#include "store/records.h"

namespace hubbub {

struct Account {
  UserId id;                       // a UUID, the `sub` of its tokens
  std::string username;            // as the person wrote it; unique without regard to case
  std::string password_hash = {};  // empty: none yet, so nobody can sign in
  std::vector<std::string> roles = {};
  bool is_disabled = false;
  Time created_at = {};
};

// What an administrator changes of an account, all of it or nothing.
struct AccountEdit {
  std::vector<std::string> granted = {};
  std::vector<std::string> revoked = {};
  std::optional<bool> is_disabled = {};
  // Somebody who is not disabled must have this role afterwards; empty: nobody must.
  std::string kept_role = {};
};

enum class InvitationKind : std::uint8_t {
  kSetup = 1,       // for the first administrator: of no use once somebody has its role
  kFirstStart = 2,  // printed at the first start, for the next person
  kMade = 3,
};

struct Invitation {
  std::string code;
  InvitationKind kind = InvitationKind::kMade;
  std::string role = {};  // what the new account gets; empty: nothing
  std::int64_t uses_left = 1;
  std::optional<Time> expires_at = {};
  std::string created_by = {};
  Time created_at = {};
};

// One browser in which a person signed in. Ends at expires_at, with a sign-out, a new password, or
// when the account is disabled; and with it all that was granted through it.
struct SignIn {
  std::string id;
  UserId user;
  Time created_at;
  Time expires_at;
};

// What an authorization code stands for (RFC 6749 4.1.2, RFC 7636 4.4).
struct CodeGrant {
  std::string sign_in;
  std::string client;
  std::string redirect_uri;
  std::string challenge;  // PKCE, S256
  std::string nonce;
  std::string scope;
};

struct RefreshGrant {
  std::string family;
  std::string sign_in;
  std::string client;
  std::string scope;
};

class AccountStore {
 public:
  virtual ~AccountStore() = default;

  // --- accounts ---
  virtual Result<std::int64_t> account_count() = 0;
  virtual Result<std::vector<Account>> accounts() = 0;  // by username
  virtual Result<std::optional<Account>> find_account(const UserId& id) = 0;
  // Without regard to the case of ASCII letters.
  virtual Result<std::optional<Account>> find_account_named(const std::string& username) = 0;
  // Takes one use of the invitation `code` with it; empty: none is needed. The caller puts the
  // invitation's role among the account's.
  // Errors: kConflict (field "username"): taken; kForbidden (field "code"): the invitation is
  // unknown, used up or expired, or it is the setup's and there is an administrator.
  virtual Status add_account(const Account& account, const std::string& code, Time now) = 0;
  // Errors of these three: kUnknownUser. A new password or disabling ends the account's sign-ins
  // and reset links.
  virtual Status set_password(const UserId& id, const std::string& password_hash) = 0;
  virtual Status set_disabled(const UserId& id, bool is_disabled) = 0;
  virtual Status set_role(const UserId& id, const std::string& role, bool is_granted) = 0;
  // Gives the account as it was before. Disabling ends its sign-ins and reset links.
  // Errors: kUnknownUser; kConflict: nobody would be left with kept_role.
  virtual Result<Account> edit_account(const UserId& id, const AccountEdit& edit) = 0;
  // Only the hash changes, for the same password: sign-ins stay.
  virtual Status replace_hash(const UserId& id, const std::string& password_hash) = 0;

  // --- invitations ---
  virtual Status add_invitation(const Invitation& invitation) = 0;
  // Only what could still be used.
  virtual Result<std::optional<Invitation>> find_invitation(const std::string& code, Time now) = 0;
  virtual Result<std::vector<Invitation>> invitations(Time now) = 0;
  virtual Status remove_invitation(const std::string& code) = 0;

  // --- reset links ---
  // Replaces earlier ones of the account. Errors: kUnknownUser.
  virtual Status add_reset(const std::string& secret_hash, const UserId& id, Time expires_at) = 0;
  virtual Result<std::optional<UserId>> find_reset(const std::string& secret_hash, Time now) = 0;

  // --- sign-ins ---
  // Errors: kUnknownUser. Forgets expired sign-ins, codes and links on the way.
  virtual Status add_sign_in(const SignIn& sign_in, const std::string& secret_hash) = 0;
  virtual Result<std::optional<SignIn>> find_sign_in(const std::string& secret_hash, Time now) = 0;
  virtual Result<std::optional<SignIn>> find_sign_in_by_id(const std::string& id, Time now) = 0;
  // Nothing to remove is fine.
  virtual Status remove_sign_in(const std::string& id) = 0;
  virtual Status remove_sign_ins(const UserId& id) = 0;

  // --- grants ---
  // Errors: kForbidden: the sign-in has ended.
  virtual Status add_code(const CodeGrant& grant, const std::string& secret_hash,
                          Time expires_at) = 0;
  // Marks the code as used for `family`. Nothing when it is unknown, expired or used; the tokens
  // that a used one led to are revoked then (RFC 6749 4.1.2).
  virtual Result<std::optional<CodeGrant>> take_code(const std::string& secret_hash,
                                                     const std::string& family, Time now) = 0;
  // Errors: kForbidden: the sign-in has ended.
  virtual Status add_refresh_token(const RefreshGrant& grant, const std::string& secret_hash) = 0;
  // Replaces a refresh token by its successor. One that was used already is taken as stolen, and
  // its whole family is revoked (RFC 9700 4.14.2); except for `grace` after its use, while nobody
  // used the successor: then the answer got lost, and the new successor replaces the one that never
  // arrived. Nothing when it is unknown, of another client, revoked or stolen, or the sign-in has
  // ended.
  virtual Result<std::optional<RefreshGrant>> rotate_refresh_token(
      const std::string& old_hash, const std::string& new_hash, const std::string& client, Time now,
      std::chrono::microseconds grace) = 0;
  virtual Status revoke_family(const std::string& family) = 0;
  // Nothing to revoke is fine.
  virtual Status revoke_refresh_token(const std::string& secret_hash) = 0;

  // --- the audit log ---
  // What was done beside the running server, whose log writer records all else. `record.id` is the
  // log's own.
  virtual Status record(const AuditRecord& record) = 0;
};

// `database_url`: as open_store() takes it. Errors: kUnavailable with a sentence for the operator.
Result<std::unique_ptr<AccountStore>> open_accounts(const std::string& database_url);

}  // namespace hubbub
