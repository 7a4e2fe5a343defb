// Sign-ins, authorization codes and refresh tokens.
#include "store/sql/accounts.h"

namespace hubbub::sql {
namespace {

// The account must not be disabled: disabling ends sign-ins, but one may begin at the same moment.
constexpr const char* kSignIn =
    "SELECT sign_ins.id, account_id, sign_ins.created_at, expires_at FROM sign_ins"
    " JOIN accounts ON accounts.id = account_id AND NOT is_disabled WHERE expires_at > ?2 AND ";

const Error kEnded{Code::kForbidden, "the sign-in has ended"};

}  // namespace

Status Accounts::add_sign_in(const SignIn& sign_in, const std::string& secret_hash) {
  std::lock_guard lock(mutex_);
  return database_->transact([&]() -> Status {
    for (const char* sql : {"DELETE FROM sign_ins WHERE expires_at <= ?1",
                            "DELETE FROM authorization_codes WHERE expires_at <= ?1",
                            "DELETE FROM password_resets WHERE expires_at <= ?1",
                            "DELETE FROM invitations WHERE expires_at <= ?1"}) {
      if (auto done = run(sql, sign_in.created_at); !done) return done;
    }
    return change_account(
        "INSERT INTO sign_ins(id, secret_hash, account_id, created_at, expires_at)"
        " SELECT ?1, ?2, id, ?4, ?5 FROM accounts WHERE id = ?3 AND NOT is_disabled",
        sign_in.id, secret_hash, sign_in.user, sign_in.created_at, sign_in.expires_at);
  });
}

Result<std::optional<SignIn>> Accounts::read_sign_in(const char* where, const std::string& value,
                                                     Time now) {
  const std::string sql = std::string(kSignIn) + where;
  Statement statement(*database_, sql.c_str());
  Rows rows = statement.query(value, now);
  std::optional<SignIn> found;
  if (rows.next()) found = SignIn{rows.text(0), UserId{rows.text(1)}, rows.time(2), rows.time(3)};
  if (const auto status = rows.status(); !status) return status.error();
  return found;
}

Result<std::optional<SignIn>> Accounts::find_sign_in(const std::string& secret_hash, Time now) {
  std::lock_guard lock(mutex_);
  return read_sign_in("secret_hash = ?1", secret_hash, now);
}

Result<std::optional<SignIn>> Accounts::find_sign_in_by_id(const std::string& id, Time now) {
  std::lock_guard lock(mutex_);
  return read_sign_in("sign_ins.id = ?1", id, now);
}

Status Accounts::remove_sign_in(const std::string& id) {
  std::lock_guard lock(mutex_);
  return run("DELETE FROM sign_ins WHERE id = ?1", id);
}

Status Accounts::remove_sign_ins(const UserId& id) {
  std::lock_guard lock(mutex_);
  return run("DELETE FROM sign_ins WHERE account_id = ?1", id);
}

Status Accounts::add_code(const CodeGrant& grant, const std::string& secret_hash, Time expires_at) {
  std::lock_guard lock(mutex_);
  auto done = run(
      "INSERT INTO authorization_codes(secret_hash, sign_in_id, client, redirect_uri, challenge,"
      " nonce, scope, expires_at) SELECT ?1, id, ?3, ?4, ?5, ?6, ?7, ?8 FROM sign_ins WHERE id = "
      "?2",
      secret_hash, grant.sign_in, grant.client, grant.redirect_uri, grant.challenge, grant.nonce,
      grant.scope, expires_at);
  if (!done) return done;
  return database_->change_count() > 0 ? Status() : Status(kEnded);
}

Result<std::optional<CodeGrant>> Accounts::take_code(const std::string& secret_hash,
                                                     const std::string& family, Time now) {
  std::lock_guard lock(mutex_);
  std::optional<CodeGrant> grant;
  const auto done = database_->transact([&]() -> Status {
    std::string used_for;
    {
      Statement statement(*database_,
                          "SELECT sign_in_id, client, redirect_uri, challenge, nonce, scope,"
                          " used_for FROM authorization_codes"
                          " WHERE secret_hash = ?1 AND expires_at > ?2");
      Rows rows = statement.query(secret_hash, now);
      if (!rows.next()) return rows.status();
      used_for = rows.text(6);
      grant = CodeGrant{rows.text(0), rows.text(1), rows.text(2),
                        rows.text(3), rows.text(4), rows.text(5)};
    }
    if (!used_for.empty()) {
      grant.reset();
      return run("DELETE FROM refresh_tokens WHERE family = ?1", used_for);
    }
    return run("UPDATE authorization_codes SET used_for = ?2 WHERE secret_hash = ?1", secret_hash,
               family);
  });
  if (!done) return done.error();
  return grant;
}

Status Accounts::add_refresh_token(const RefreshGrant& grant, const std::string& secret_hash) {
  std::lock_guard lock(mutex_);
  auto done =
      run("INSERT INTO refresh_tokens(secret_hash, family, sign_in_id, client, scope)"
          " SELECT ?1, ?2, id, ?4, ?5 FROM sign_ins WHERE id = ?3",
          secret_hash, grant.family, grant.sign_in, grant.client, grant.scope);
  if (!done) return done;
  return database_->change_count() > 0 ? Status() : Status(kEnded);
}

Result<std::optional<RefreshGrant>> Accounts::rotate_refresh_token(
    const std::string& old_hash, const std::string& new_hash, const std::string& client, Time now,
    std::chrono::microseconds grace) {
  std::lock_guard lock(mutex_);
  std::optional<RefreshGrant> grant;
  const auto done = database_->transact([&]() -> Status {
    std::string successor;
    bool is_retry = false;
    {
      Statement statement(*database_,
                          "SELECT old.family, old.sign_in_id, old.client, old.scope, old.successor,"
                          " old.used_at, new.secret_hash IS NOT NULL AND new.successor IS NULL"
                          " FROM refresh_tokens old"
                          " JOIN sign_ins ON sign_ins.id = old.sign_in_id AND expires_at > ?3"
                          " LEFT JOIN refresh_tokens new ON new.secret_hash = old.successor"
                          " WHERE old.secret_hash = ?1 AND old.client = ?2");
      Rows rows = statement.query(old_hash, client, now);
      if (!rows.next()) return rows.status();
      grant = RefreshGrant{rows.text(0), rows.text(1), rows.text(2), rows.text(3)};
      successor = rows.text(4);
      is_retry = rows.boolean(6) && now - rows.time(5) <= grace;
    }
    if (!successor.empty() && !is_retry) {
      const auto family = grant->family;
      grant.reset();
      return run("DELETE FROM refresh_tokens WHERE family = ?1", family);
    }
    if (!successor.empty()) {
      auto removed = run("DELETE FROM refresh_tokens WHERE secret_hash = ?1", successor);
      if (!removed) return removed;
    }
    // The first use counts: repeating it does not stretch the grace.
    auto used =
        run("UPDATE refresh_tokens SET successor = ?2, used_at = coalesce(used_at, ?3)"
            " WHERE secret_hash = ?1",
            old_hash, new_hash, now);
    if (!used) return used;
    return run(
        "INSERT INTO refresh_tokens(secret_hash, family, sign_in_id, client, scope)"
        " VALUES (?1, ?2, ?3, ?4, ?5)",
        new_hash, grant->family, grant->sign_in, grant->client, grant->scope);
  });
  if (!done) return done.error();
  return grant;
}

Status Accounts::revoke_family(const std::string& family) {
  std::lock_guard lock(mutex_);
  return run("DELETE FROM refresh_tokens WHERE family = ?1", family);
}

Status Accounts::revoke_refresh_token(const std::string& secret_hash) {
  std::lock_guard lock(mutex_);
  return run(
      "DELETE FROM refresh_tokens WHERE family IN"
      " (SELECT family FROM refresh_tokens WHERE secret_hash = ?1)",
      secret_hash);
}

}  // namespace hubbub::sql
