#include "store/sql/accounts.h"

#include <algorithm>

#include "store/sql/audit_writer.h"

namespace hubbub::sql {
namespace {

// Usernames are ASCII (auth/username.h), so this is all the folding there is.
std::string lower_case(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
  });
  return text;
}

Invitation invitation_of(const Rows& rows) {
  Invitation invitation{.code = rows.text(0),
                        .kind = static_cast<InvitationKind>(rows.integer(1)),
                        .role = rows.text(6),
                        .uses_left = rows.integer(2),
                        .created_by = rows.text(4),
                        .created_at = rows.time(5)};
  if (!rows.is_null(3)) invitation.expires_at = rows.time(3);
  return invitation;
}

constexpr const char* kInvitations =
    "SELECT code, kind, uses_left, expires_at, created_by, created_at, role FROM invitations"
    " WHERE uses_left > 0 AND (expires_at IS NULL OR expires_at > ?1)"
    " AND (kind <> 1 OR NOT EXISTS"
    " (SELECT 1 FROM account_roles WHERE account_roles.role = invitations.role))"
    " AND (?2 = '' OR code = ?2) ORDER BY created_at, code";

}  // namespace

// --- accounts ---

Result<std::int64_t> Accounts::account_count() {
  std::lock_guard lock(mutex_);
  Statement statement(*database_, "SELECT count(*) FROM accounts");
  Rows rows = statement.query();
  if (!rows.next()) return rows.status() ? Error{Code::kUnavailable} : rows.status().error();
  return rows.integer(0);
}

Result<std::vector<Account>> Accounts::read_accounts(const char* where, const std::string& value) {
  const std::string sql =
      "SELECT id, username, password_hash, is_disabled, created_at, role FROM accounts"
      " LEFT JOIN account_roles ON account_id = id WHERE " +
      std::string(where) + " ORDER BY username_key, role";
  Statement statement(*database_, sql.c_str());
  Rows rows = statement.query(value);
  std::vector<Account> accounts;
  while (rows.next()) {
    if (accounts.empty() || accounts.back().id.value != rows.text(0)) {
      accounts.push_back(Account{.id = UserId{rows.text(0)},
                                 .username = rows.text(1),
                                 .password_hash = rows.text(2),
                                 .is_disabled = rows.boolean(3),
                                 .created_at = rows.time(4)});
    }
    if (!rows.is_null(5)) accounts.back().roles.push_back(rows.text(5));
  }
  if (const auto status = rows.status(); !status) return status.error();
  return accounts;
}

Result<std::optional<Account>> Accounts::read_account(const char* where, const std::string& value) {
  auto found = read_accounts(where, value);
  if (!found) return found.error();
  std::optional<Account> account;
  if (!found->empty()) account = std::move(found->front());
  return account;
}

Result<std::vector<Account>> Accounts::accounts() {
  std::lock_guard lock(mutex_);
  return read_accounts("?1 = ''", "");
}

Result<std::optional<Account>> Accounts::find_account(const UserId& id) {
  std::lock_guard lock(mutex_);
  return read_account("id = ?1", id.value);
}

Result<std::optional<Account>> Accounts::find_account_named(const std::string& username) {
  std::lock_guard lock(mutex_);
  return read_account("username_key = ?1", lower_case(username));
}

Status Accounts::add_account(const Account& account, const std::string& code, Time now) {
  std::lock_guard lock(mutex_);
  return database_->transact([&]() -> Status {
    if (!code.empty()) {
      if (auto taken = take_invitation(code, now); !taken) return taken;
    }
    if (auto added = run("INSERT INTO accounts(id, username, username_key, password_hash,"
                         " is_disabled, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)"
                         " ON CONFLICT (username_key) DO NOTHING",
                         account.id, account.username, lower_case(account.username),
                         account.password_hash, account.is_disabled, account.created_at);
        !added) {
      return added;
    }
    if (database_->change_count() == 0) {
      return Error{Code::kConflict, "this name is taken", "username"};
    }
    for (const auto& role : account.roles) {
      auto added =
          run("INSERT INTO account_roles(account_id, role) VALUES (?1, ?2)", account.id, role);
      if (!added) return added;
    }
    return {};
  });
}

Status Accounts::take_invitation(const std::string& code, Time now) {
  auto taken =
      run("UPDATE invitations SET uses_left = uses_left - 1 WHERE code = ?1 AND uses_left > 0"
          " AND (expires_at IS NULL OR expires_at > ?2)"
          " AND (kind <> 1 OR NOT EXISTS"
          " (SELECT 1 FROM account_roles WHERE account_roles.role = invitations.role))",
          code, now);
  if (!taken) return taken;
  if (database_->change_count() == 0) {
    return Error{Code::kForbidden, "this invitation is not valid, or was used already", "code"};
  }
  return run("DELETE FROM invitations WHERE uses_left <= 0");
}

Status Accounts::known_account() {
  if (database_->change_count() > 0) return {};
  return Error{Code::kUnknownUser, "no such account"};
}

Status Accounts::end_sign_ins(const UserId& id) {
  if (auto done = run("DELETE FROM sign_ins WHERE account_id = ?1", id); !done) return done;
  return run("DELETE FROM password_resets WHERE account_id = ?1", id);
}

Status Accounts::set_password(const UserId& id, const std::string& password_hash) {
  std::lock_guard lock(mutex_);
  return database_->transact([&]() -> Status {
    auto done =
        change_account("UPDATE accounts SET password_hash = ?2 WHERE id = ?1", id, password_hash);
    return done ? end_sign_ins(id) : done;
  });
}

Status Accounts::set_disabled(const UserId& id, bool is_disabled) {
  std::lock_guard lock(mutex_);
  return database_->transact([&]() -> Status {
    auto done =
        change_account("UPDATE accounts SET is_disabled = ?2 WHERE id = ?1", id, is_disabled);
    return done && is_disabled ? end_sign_ins(id) : done;
  });
}

Status Accounts::set_role(const UserId& id, const std::string& role, bool is_granted) {
  std::lock_guard lock(mutex_);
  return database_->transact([&]() -> Status {
    // Changes nothing: whether the account is there.
    auto done = change_account("UPDATE accounts SET id = id WHERE id = ?1", id);
    if (!done) return done;
    return is_granted
               ? run("INSERT INTO account_roles(account_id, role) VALUES (?1, ?2)"
                     " ON CONFLICT DO NOTHING",
                     id, role)
               : run("DELETE FROM account_roles WHERE account_id = ?1 AND role = ?2", id, role);
  });
}

Result<Account> Accounts::edit_account(const UserId& id, const AccountEdit& edit) {
  std::lock_guard lock(mutex_);
  std::optional<Account> before;
  const auto done = database_->transact([&]() -> Status {
    auto found = read_account("id = ?1", id.value);
    if (!found) return found.error();
    if (!*found) return Error{Code::kUnknownUser, "no such account"};
    before = std::move(*found);
    if (auto applied = apply(id, edit); !applied) return applied;
    return edit.kept_role.empty() ? Status() : somebody_has(edit.kept_role);
  });
  if (!done) return done.error();
  return std::move(*before);
}

Status Accounts::apply(const UserId& id, const AccountEdit& edit) {
  for (const auto& role : edit.granted) {
    auto done =
        run("INSERT INTO account_roles(account_id, role) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
            id, role);
    if (!done) return done;
  }
  for (const auto& role : edit.revoked) {
    auto done = run("DELETE FROM account_roles WHERE account_id = ?1 AND role = ?2", id, role);
    if (!done) return done;
  }
  if (!edit.is_disabled) return {};
  auto done =
      change_account("UPDATE accounts SET is_disabled = ?2 WHERE id = ?1", id, *edit.is_disabled);
  return done && *edit.is_disabled ? end_sign_ins(id) : done;
}

Status Accounts::somebody_has(const std::string& role) {
  Statement statement(*database_,
                      "SELECT 1 FROM account_roles JOIN accounts ON accounts.id = account_id"
                      " WHERE role = ?1 AND NOT is_disabled LIMIT 1");
  Rows rows = statement.query(role);
  if (rows.next()) return {};
  if (auto status = rows.status(); !status) return status;
  return Error{Code::kConflict, "nobody would be left with the role " + role};
}

Status Accounts::replace_hash(const UserId& id, const std::string& password_hash) {
  std::lock_guard lock(mutex_);
  return change_account("UPDATE accounts SET password_hash = ?2 WHERE id = ?1", id, password_hash);
}

// --- invitations ---

Status Accounts::add_invitation(const Invitation& invitation) {
  std::lock_guard lock(mutex_);
  return run(
      "INSERT INTO invitations(code, kind, uses_left, expires_at, created_by, created_at, role)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
      invitation.code, static_cast<std::int64_t>(invitation.kind), invitation.uses_left,
      invitation.expires_at, invitation.created_by, invitation.created_at, invitation.role);
}

Result<std::optional<Invitation>> Accounts::find_invitation(const std::string& code, Time now) {
  std::optional<Invitation> found;
  if (code.empty()) return found;
  std::lock_guard lock(mutex_);
  Statement statement(*database_, kInvitations);
  Rows rows = statement.query(now, code);
  if (rows.next()) found = invitation_of(rows);
  if (const auto status = rows.status(); !status) return status.error();
  return found;
}

Result<std::vector<Invitation>> Accounts::invitations(Time now) {
  std::lock_guard lock(mutex_);
  Statement statement(*database_, kInvitations);
  Rows rows = statement.query(now, "");
  std::vector<Invitation> found;
  while (rows.next()) found.push_back(invitation_of(rows));
  if (const auto status = rows.status(); !status) return status.error();
  return found;
}

Status Accounts::remove_invitation(const std::string& code) {
  std::lock_guard lock(mutex_);
  return run("DELETE FROM invitations WHERE code = ?1", code);
}

// --- reset links ---

Status Accounts::add_reset(const std::string& secret_hash, const UserId& id, Time expires_at) {
  std::lock_guard lock(mutex_);
  return database_->transact([&]() -> Status {
    auto done = run("DELETE FROM password_resets WHERE account_id = ?1", id);
    if (!done) return done;
    return change_account(
        "INSERT INTO password_resets(secret_hash, account_id, expires_at)"
        " SELECT ?1, id, ?3 FROM accounts WHERE id = ?2",
        secret_hash, id, expires_at);
  });
}

Result<std::optional<UserId>> Accounts::find_reset(const std::string& secret_hash, Time now) {
  std::lock_guard lock(mutex_);
  Statement statement(
      *database_,
      "SELECT account_id FROM password_resets WHERE secret_hash = ?1 AND expires_at > ?2");
  Rows rows = statement.query(secret_hash, now);
  std::optional<UserId> found;
  if (rows.next()) found = UserId{rows.text(0)};
  if (const auto status = rows.status(); !status) return status.error();
  return found;
}

// --- the audit log ---

Status Accounts::record(const AuditRecord& record) {
  std::lock_guard lock(mutex_);
  return AuditWriter(*database_)
      .add(record.by, record.at, {record.action, record.target, record.before, record.after});
}

}  // namespace hubbub::sql
