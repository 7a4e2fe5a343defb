// AccountStore over SQL. One connection, one call at a time: sign-ins are rare.
#pragma once

#include <memory>
#include <mutex>

#include "store/accounts.h"
#include "store/sql/database.h"

namespace hubbub::sql {

class Accounts final : public AccountStore {
 public:
  explicit Accounts(std::unique_ptr<Database> database) : database_(std::move(database)) {}

  Result<std::int64_t> account_count() override;
  Result<std::vector<Account>> accounts() override;
  Result<std::optional<Account>> find_account(const UserId& id) override;
  Result<std::optional<Account>> find_account_named(const std::string& username) override;
  Status add_account(const Account& account, const std::string& code, Time now) override;
  Status set_password(const UserId& id, const std::string& password_hash) override;
  Status set_disabled(const UserId& id, bool is_disabled) override;
  Status set_role(const UserId& id, const std::string& role, bool is_granted) override;
  Result<Account> edit_account(const UserId& id, const AccountEdit& edit) override;
  Status replace_hash(const UserId& id, const std::string& password_hash) override;

  Status add_invitation(const Invitation& invitation) override;
  Result<std::optional<Invitation>> find_invitation(const std::string& code, Time now) override;
  Result<std::vector<Invitation>> invitations(Time now) override;
  Status remove_invitation(const std::string& code) override;

  Status add_reset(const std::string& secret_hash, const UserId& id, Time expires_at) override;
  Result<std::optional<UserId>> find_reset(const std::string& secret_hash, Time now) override;

  Status add_sign_in(const SignIn& sign_in, const std::string& secret_hash) override;
  Result<std::optional<SignIn>> find_sign_in(const std::string& secret_hash, Time now) override;
  Result<std::optional<SignIn>> find_sign_in_by_id(const std::string& id, Time now) override;
  Status remove_sign_in(const std::string& id) override;
  Status remove_sign_ins(const UserId& id) override;

  Status add_code(const CodeGrant& grant, const std::string& secret_hash, Time expires_at) override;
  Result<std::optional<CodeGrant>> take_code(const std::string& secret_hash,
                                             const std::string& family, Time now) override;
  Status add_refresh_token(const RefreshGrant& grant, const std::string& secret_hash) override;
  Result<std::optional<RefreshGrant>> rotate_refresh_token(
      const std::string& old_hash, const std::string& new_hash, const std::string& client, Time now,
      std::chrono::microseconds grace) override;
  Status revoke_family(const std::string& family) override;
  Status revoke_refresh_token(const std::string& secret_hash) override;

  Status record(const AuditRecord& record) override;

 private:
  // REQUIRES of all these: mutex_ is held.
  Result<std::vector<Account>> read_accounts(const char* where, const std::string& value);
  Result<std::optional<Account>> read_account(const char* where, const std::string& value);
  Result<std::optional<SignIn>> read_sign_in(const char* where, const std::string& value, Time now);
  Status apply(const UserId& id, const AccountEdit& edit);
  Status somebody_has(const std::string& role);
  Status take_invitation(const std::string& code, Time now);
  template <class... Values>
  Status run(const char* sql, const Values&... values) {
    return Statement(*database_, sql).run(values...);
  }
  // Runs a statement that changes one account. Errors: kUnknownUser when it changed none.
  template <class... Values>
  Status change_account(const char* sql, const Values&... values) {
    if (auto done = run(sql, values...); !done) return done;
    return known_account();
  }
  Status known_account();
  Status end_sign_ins(const UserId& id);

  std::mutex mutex_;
  const std::unique_ptr<Database> database_;
};

}  // namespace hubbub::sql
