// hubbub user: the built-in accounts from the command line, also while the server runs.
#include <cstdio>
#include <string>

#include "app/built_in_accounts.h"
#include "app/commands.h"
#include "wire/json_writer.h"

namespace hubbub {
namespace {

int fail(const Error& error) {
  std::fprintf(stderr, "hubbub user: %s\n",
               error.detail.empty() ? "that did not work" : error.detail.c_str());
  return 1;
}

// An administrative act leaves a row in the audit log, whoever did it and by what way.
AuditRecord act(std::string action, std::string target, std::string after = {}) {
  constexpr const char* kCommandLine = "command line";
  AuditRecord record;
  record.by = Author{UserId{kCommandLine}, kCommandLine};
  record.action = std::move(action);
  record.target = std::move(target);
  record.after = std::move(after);
  return record;
}

std::string role_json(const std::string& role, bool is_granted) {
  JsonWriter json;
  json.object().member("role", role).member("granted", is_granted).end_object();
  return json.take();
}

int print_link(Accounts& accounts, const Result<std::string>& link, const char* what,
               const AuditRecord& act) {
  if (!link) return fail(link.error());
  if (auto recorded = accounts.record(act); !recorded) return fail(recorded.error());
  std::printf("%s\n  %s\n", what, link->c_str());
  return 0;
}

int done(Accounts& accounts, const Status& status, const std::string& text,
         const AuditRecord& act) {
  if (!status) return fail(status.error());
  if (auto recorded = accounts.record(act); !recorded) return fail(recorded.error());
  std::puts(text.c_str());
  return 0;
}

int list(Accounts& accounts) {
  const auto all = accounts.list();
  if (!all) return fail(all.error());
  for (const auto& account : *all) {
    std::string roles;
    for (const auto& role : account.roles) roles.append(roles.empty() ? "" : ",").append(role);
    std::printf("%-32s  %-20s  %s%s\n", account.username.c_str(), roles.c_str(),
                account.id.value.c_str(), account.is_disabled ? "  disabled" : "");
  }
  return 0;
}

// The listening port, as far as the settings say it.
std::uint16_t port_of(const std::string& listen) {
  const auto colon = listen.rfind(':');
  return static_cast<std::uint16_t>(std::atoi(listen.substr(colon + 1).c_str()));
}

}  // namespace

int user_command(Settings settings, const UserRequest& request) {
  if (!settings.issuer.empty()) {
    std::fputs("hubbub user: people are kept by the OpenID provider; manage them there\n", stderr);
    return 1;
  }
  const auto port = port_of(settings.listen);
  if (settings.public_url.empty()) {
    settings.public_url = "http://localhost:" + std::to_string(port);
  }
  auto opened = BuiltInAccounts::open(settings, port);
  if (!opened) return fail(opened.error());
  auto& accounts = (*opened)->accounts();
  const auto& name = request.username;
  switch (request.action) {
    case UserAction::kList:
      return list(accounts);
    case UserAction::kAdd:
      return print_link(accounts, accounts.add(name),
                        "Made. With this link they choose a password:", act("account.add", name));
    case UserAction::kReset:
      return print_link(
          accounts, accounts.reset_link(name),
          "With this link they choose a new password, once:", act("account.reset_link", name));
    case UserAction::kInvite:
      return print_link(
          accounts, accounts.invite(1, std::nullopt, "command line"),
          "With this link one person may sign up:", act("account.invite", "one person"));
    case UserAction::kGrant:
      return done(accounts, accounts.set_role(name, request.role, true),
                  name + " is " + request.role + " now.",
                  act("account.role", name, role_json(request.role, true)));
    case UserAction::kRevoke:
      return done(accounts, accounts.set_role(name, request.role, false),
                  name + " is no longer " + request.role + ".",
                  act("account.role", name, role_json(request.role, false)));
    case UserAction::kDisable:
      return done(accounts, accounts.set_disabled(name, true), name + " can no longer sign in.",
                  act("account.disable", name));
    case UserAction::kEnable:
      return done(accounts, accounts.set_disabled(name, false), name + " can sign in again.",
                  act("account.enable", name));
  }
  return 2;
}

}  // namespace hubbub
