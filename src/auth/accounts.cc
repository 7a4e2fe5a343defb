#include "auth/accounts.h"

#include <algorithm>

#include "auth/network_address.h"
#include "auth/secret.h"
#include "auth/username.h"
#include "base/log_line.h"
#include "base/random.h"

namespace hubbub {
namespace {

using namespace std::chrono_literals;

// A person mistypes a few times; a guesser gets 960 tries a day at one account.
constexpr int kAttemptsPerAccountMax = 10;
constexpr int kAttemptsPerAddressMax = 30;  // a household or office may share one
constexpr auto kAttemptWindow = 15min;
constexpr std::size_t kAttemptNamesMax = 100'000;

constexpr auto kSignInLifetime = std::chrono::days(30);
constexpr std::size_t kCookieBytes = 32;
constexpr std::size_t kInputBytesMax = 1024;

Error no_memory() { return Error{Code::kUnavailable, "no memory to hash a password"}; }

}  // namespace

std::optional<SignUp> sign_up_named(std::string_view name) {
  if (name == "open") return SignUp::kOpen;
  if (name == "invite") return SignUp::kInvite;
  if (name == "closed") return SignUp::kClosed;
  return std::nullopt;
}

Accounts::Accounts(AccountStore& store, AccountSettings settings, const Clock& clock)
    : store_(store),
      settings_(std::move(settings)),
      clock_(clock),
      hasher_(settings_.password_cost),
      by_account_(kAttemptsPerAccountMax, kAttemptWindow, kAttemptNamesMax),
      by_address_(kAttemptsPerAddressMax, kAttemptWindow, kAttemptNamesMax) {}

// --- attempts ---

Status Accounts::take_attempt(const std::string& address, const std::string& username) {
  const auto now = clock_.steady_now();
  auto wait = by_address_.take(network_of(address), now);
  if (wait == wait.zero() && !username.empty()) wait = by_account_.take(folded(username), now);
  if (wait == wait.zero()) return {};
  const auto wait_ms = std::chrono::ceil<std::chrono::milliseconds>(wait).count();
  const auto minutes = std::chrono::ceil<std::chrono::minutes>(wait).count();
  return Error{Code::kRateLimited,
               "Too many attempts. Please try again in " + std::to_string(minutes) +
                   (minutes == 1 ? " minute." : " minutes."),
               "", wait_ms};
}

void Accounts::attempt_went_well(const std::string& address, const std::string& username) {
  by_address_.give_back(network_of(address));
  if (!username.empty()) by_account_.forget(folded(username));
}

// --- people ---

Result<SignedIn> Accounts::sign_up(const std::string& username, const std::string& password,
                                   const std::string& code, const std::string& address) {
  if (auto status = check_username(username); !status) return status.error();
  if (auto status = check_new_password(password, username); !status) return status.error();
  if (auto status = take_attempt(address, ""); !status) return status.error();
  Account account{.id = UserId{random_uuid()}, .username = username, .created_at = clock_.now()};
  if (code.empty() && settings_.sign_up == SignUp::kClosed) {
    return Error{Code::kForbidden, "New accounts are not being made here.", "code"};
  }
  if (code.empty() && settings_.sign_up == SignUp::kInvite) {
    return Error{Code::kForbidden, "You need an invitation code.", "code"};
  }
  auto taken_code = code;
  if (!code.empty()) {
    // Before the password is hashed: a made-up code costs little.
    const auto invitation = store_.find_invitation(code, clock_.now());
    if (!invitation) return invitation.error();
    if (*invitation) {
      if (!(*invitation)->role.empty()) account.roles = {(*invitation)->role};
    } else if (settings_.sign_up == SignUp::kOpen) {
      taken_code.clear();  // it would not have been needed
    } else {
      return Error{Code::kForbidden, "This invitation is not valid, or was used already.", "code"};
    }
  }
  account.password_hash = hasher_.hash(password);
  if (account.password_hash.empty()) return no_memory();
  if (auto added = store_.add_account(account, taken_code, clock_.now()); !added) {
    auto error = added.error();
    if (error.code == Code::kConflict) error.detail = "This name is taken.";
    if (error.code == Code::kForbidden) {
      error.detail = "This invitation is not valid, or was used already.";
    }
    return error;
  }
  // The attempt stays counted: one address cannot make accounts without end.
  LogLine(Level::kInfo, "account_added").with("user", account.username);
  return begin_sign_in(std::move(account));
}

Result<SignedIn> Accounts::sign_in(const std::string& username, const std::string& password,
                                   const std::string& address) {
  const Error wrong{Code::kUnauthorized, "The name or the password is wrong."};
  if (username.empty() || username.size() > kInputBytesMax || password.size() > kInputBytesMax) {
    return wrong;
  }
  if (auto status = take_attempt(address, username); !status) return status.error();
  auto found = store_.find_account_named(username);
  if (!found) return found.error();
  // A disabled account is no account here: the same time, the same answer.
  const bool may_sign_in = *found && !(*found)->is_disabled;
  const std::string hash = may_sign_in ? (*found)->password_hash : "";
  if (!hasher_.matches(password, hash)) {
    LogLine(Level::kInfo, "sign_in_refused").with("address", address);
    return wrong;
  }
  attempt_went_well(address, username);
  if (hasher_.is_outdated(hash)) {
    if (const auto fresh = hasher_.hash(password); !fresh.empty()) {
      (void)store_.replace_hash((*found)->id, fresh);  // else with the next sign-in
    }
  }
  return begin_sign_in(std::move(**found));
}

Result<SignedIn> Accounts::begin_sign_in(Account account) {
  const auto now = clock_.now();
  SignedIn signed_in{
      .account = std::move(account), .sign_in = {}, .cookie = random_token(kCookieBytes)};
  signed_in.sign_in = SignIn{random_uuid(), signed_in.account.id, now, now + kSignInLifetime};
  const auto added = store_.add_sign_in(signed_in.sign_in, secret_hash(signed_in.cookie));
  if (!added) return added.error();
  return signed_in;
}

Result<std::optional<SignedIn>> Accounts::find(const std::string& cookie) {
  std::optional<SignedIn> signed_in;
  if (cookie.empty()) return signed_in;
  const auto sign_in = store_.find_sign_in(secret_hash(cookie), clock_.now());
  if (!sign_in) return sign_in.error();
  if (!*sign_in) return signed_in;
  auto account = store_.find_account((*sign_in)->user);
  if (!account) return account.error();
  if (*account) signed_in = SignedIn{std::move(**account), **sign_in, ""};
  return signed_in;
}

Result<SignedIn> Accounts::set_password(Account account, const std::string& password) {
  auto hash = hasher_.hash(password);
  if (hash.empty()) return no_memory();
  if (auto done = store_.set_password(account.id, hash); !done) return done.error();
  LogLine(Level::kInfo, "password_changed").with("user", account.username);
  account.password_hash = std::move(hash);
  return begin_sign_in(std::move(account));
}

Result<SignedIn> Accounts::change_password(const UserId& id, const std::string& current,
                                           const std::string& password,
                                           const std::string& address) {
  auto account = store_.find_account(id);
  if (!account) return account.error();
  if (!*account) return Error{Code::kUnauthorized, "This account is gone."};
  if (auto status = check_new_password(password, (*account)->username); !status) {
    return status.error();
  }
  const auto& username = (*account)->username;
  if (auto status = take_attempt(address, username); !status) return status.error();
  if (current.size() > kInputBytesMax || !hasher_.matches(current, (*account)->password_hash)) {
    return Error{Code::kUnauthorized, "This is not your current password.", "current"};
  }
  attempt_went_well(address, username);
  return set_password(std::move(**account), password);
}

Result<std::optional<Account>> Accounts::find_reset(const std::string& code) {
  const auto id = store_.find_reset(secret_hash(code), clock_.now());
  if (!id) return id.error();
  if (!*id) return std::optional<Account>();
  return store_.find_account(**id);
}

Result<SignedIn> Accounts::reset_password(const std::string& code, const std::string& password,
                                          const std::string& address) {
  if (auto status = take_attempt(address, ""); !status) return status.error();
  auto account = find_reset(code);
  if (!account) return account.error();
  if (!*account || (*account)->is_disabled) {
    return Error{Code::kForbidden, "This link was used already, or is too old.", "code"};
  }
  if (auto status = check_new_password(password, (*account)->username); !status) {
    return status.error();
  }
  attempt_went_well(address, (*account)->username);
  return set_password(std::move(**account), password);
}

Result<std::optional<Invitation>> Accounts::find_invitation(const std::string& code) {
  return store_.find_invitation(code, clock_.now());
}

// --- the operator ---

Result<Account> Accounts::named(const std::string& username) {
  auto found = store_.find_account_named(username);
  if (!found) return found.error();
  if (!*found) return Error{Code::kUnknownUser, "There is no account " + username + "."};
  return std::move(**found);
}

Result<std::string> Accounts::add(const std::string& username) {
  if (auto status = check_username(username); !status) return status.error();
  const Account account{
      .id = UserId{random_uuid()}, .username = username, .created_at = clock_.now()};
  if (auto added = store_.add_account(account, "", clock_.now()); !added) return added.error();
  return reset_link(username);
}

Result<std::string> Accounts::reset_link(const std::string& username) {
  const auto account = named(username);
  if (!account) return account.error();
  auto link = make_reset_link(account->id);
  if (!link) return link.error();
  return std::move(link->url);
}

Status Accounts::set_role(const std::string& username, const std::string& role, bool is_granted) {
  const auto account = named(username);
  if (!account) return account.error();
  return store_.set_role(account->id, role, is_granted);
}

Status Accounts::set_disabled(const std::string& username, bool is_disabled) {
  const auto account = named(username);
  if (!account) return account.error();
  return store_.set_disabled(account->id, is_disabled);
}

Result<std::string> Accounts::invite(std::int64_t uses,
                                     std::optional<std::chrono::seconds> lifetime,
                                     const std::string& created_by) {
  const auto invitation = make_invitation(uses, lifetime, created_by);
  if (!invitation) return invitation.error();
  return link_of(*invitation);
}

std::optional<std::string> Accounts::standing_link(InvitationKind kind, const std::string& role) {
  const auto found = store_.invitations(clock_.now());
  Status status = found ? Status() : Status(found.error());
  if (found) {
    for (const auto& invitation : *found) {
      if (invitation.kind == kind) return link_of(invitation);
    }
    const Invitation fresh{
        .code = fresh_code(), .kind = kind, .role = role, .created_at = clock_.now()};
    status = store_.add_invitation(fresh);
    if (status) return link_of(fresh);
  }
  LogLine(Level::kError, "link_not_made").with("reason", status.error().detail);
  return std::nullopt;
}

Status Accounts::record(AuditRecord act) {
  act.at = clock_.now();
  return store_.record(act);
}

std::optional<std::string> Accounts::setup_link() {
  const auto accounts = store_.accounts();
  if (!accounts) {
    LogLine(Level::kError, "link_not_made").with("reason", accounts.error().detail);
    return std::nullopt;
  }
  for (const auto& account : *accounts) {
    const auto& roles = account.roles;
    if (std::find(roles.begin(), roles.end(), settings_.admin_role) != roles.end()) {
      return std::nullopt;
    }
  }
  return standing_link(InvitationKind::kSetup, settings_.admin_role);
}

std::optional<std::string> Accounts::invitation_link() {
  return standing_link(InvitationKind::kFirstStart, "");
}

}  // namespace hubbub
