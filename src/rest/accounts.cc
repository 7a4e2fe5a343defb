// /accounts: what administrators do to built-in accounts. docs/api.md, Built-in accounts.
#include <chrono>
#include <functional>
#include <utility>

#include "command/account_changes.h"
#include "rest/body_reader.h"
#include "rest/handlers.h"
#include "rest/reply.h"
#include "wire/json_writer.h"

namespace hubbub::rest {
namespace {

constexpr std::string_view kInvalidBody = "Invalid JSON body";

// What was done to an account: the record of it, if anything changed, and the answer.
struct AccountAct {
  std::optional<RecordAccountChange> record;
  HttpResponse answer;
};

// Runs `act` where it may block, then commits its record: it acts on open connections, and stands
// in the audit log, before it is answered.
void run(Api& api, const RestAnswer& call, std::function<Result<AccountAct>(Accounts&)> act) {
  api.accounts()->ask(api.host().reactor, std::move(act), [&api, call](Result<AccountAct> done) {
    if (!done) return call.refuse(done.error());
    if (!done->record) return call.reply(std::move(done->answer));
    api.submit(call, PendingEntry(std::move(*done->record)),
               [answer = std::move(done->answer)](const Committed&) { return answer; });
  });
}

// Refuses and returns false where another provider keeps the people.
bool has_accounts(const Api& api, const RestCall& call) {
  if (api.accounts()) return true;
  call.refuse(Error{Code::kNotFound, "There are no built-in accounts here"});
  return false;
}

std::optional<Role> role_named(std::string_view name) {
  for (const auto role : {Role::kMember, Role::kModerator, Role::kAdmin}) {
    if (role_name(role) == name) return role;
  }
  return std::nullopt;
}

// The store's refusals, as administrators read them.
Error sentence_for(Error error) {
  if (error.code == Code::kUnknownUser) error = {error.code, "There is no such account", "id"};
  if (error.code == Code::kConflict) {
    error = {error.code, "This is the last administrator; make another one first", "id"};
  }
  return error;
}

Result<AccountAct> assign_role(Accounts& accounts, const Caller& caller, const UserId& id,
                               Role role) {
  const auto was = accounts.assign_role(id, role);
  if (!was) return sentence_for(was.error());
  AccountAct act{{}, message_reply("Account updated")};
  const auto before = accounts.role_of(*was);
  if (before != role) act.record = role_assigned(caller, *was, before, role);
  return act;
}

Result<AccountAct> set_disabled(Accounts& accounts, const Caller& caller, const UserId& id,
                                bool is_disabled) {
  const auto was = accounts.set_disabled(id, is_disabled);
  if (!was) return sentence_for(was.error());
  AccountAct act{{}, message_reply("Account updated")};
  if (was->is_disabled == is_disabled) return act;
  act.record = is_disabled ? account_disabled(caller, *was)
                           : account_enabled(caller, *was, accounts.role_of(*was));
  return act;
}

Result<AccountAct> make_reset_link(Accounts& accounts, const Caller& caller, const UserId& id) {
  const auto link = accounts.make_reset_link(id);
  if (!link) return sentence_for(link.error());
  JsonWriter json;
  json.object()
      .member("url", link->url)
      .member("expires_in_seconds", link->lifetime.count())
      .end_object();
  return AccountAct{reset_link_made(caller, link->account), json_reply(200, json.take())};
}

HttpResponse invitations_reply(const Accounts& accounts,
                               const std::vector<Invitation>& invitations) {
  JsonWriter json;
  json.object().key("invitations").array();
  for (const auto& invitation : invitations) {
    json.object().member("code", invitation.code).member("url", accounts.link_of(invitation));
    if (!invitation.role.empty()) json.member("role", invitation.role);
    json.member("uses_left", invitation.uses_left);
    if (invitation.expires_at) json.member("expires_at", format_time(*invitation.expires_at));
    json.member("created_by", invitation.created_by)
        .member("created_at", format_time(invitation.created_at))
        .end_object();
  }
  json.end_array().end_object();
  return json_reply(200, json.take());
}

}  // namespace

void patch_account(Api& api, const RestCall& call) {
  if (!has_accounts(api, call)) return;
  BodyReader body(call.request.body, kInvalidBody);
  const UserId id{body.text("id").value_or("")};
  const auto role_text = body.text("role");
  const auto is_disabled = body.boolean("disabled");
  if (body.error()) return call.refuse(*body.error());
  if (auto allowed = check_account_change(call.caller, id); !allowed) {
    return call.refuse(allowed.error());
  }
  if (role_text.has_value() == is_disabled.has_value()) {
    return call.refuse(Error{Code::kInvalid, "Either role or disabled is required"});
  }
  const auto caller = call.caller;
  if (is_disabled) {
    return run(api, call, [=](Accounts& accounts) {
      return set_disabled(accounts, caller, id, *is_disabled);
    });
  }
  const auto role = role_named(*role_text);
  if (!role) {
    return call.refuse(Error{Code::kInvalid, "role must be member, moderator or admin", "role"});
  }
  run(api, call, [=](Accounts& accounts) { return assign_role(accounts, caller, id, *role); });
}

void post_reset_link(Api& api, const RestCall& call) {
  if (!has_accounts(api, call)) return;
  BodyReader body(call.request.body, kInvalidBody);
  const UserId id{body.text("id").value_or("")};
  if (body.error()) return call.refuse(*body.error());
  if (id.empty()) return call.refuse(Error{Code::kInvalid, "id is required", "id"});
  run(api, call, [caller = call.caller, id](Accounts& accounts) {
    return make_reset_link(accounts, caller, id);
  });
}

void get_invitations(Api& api, const RestCall& call) {
  if (!has_accounts(api, call)) return;
  api.accounts()->ask(
      api.host().reactor,
      [](Accounts& accounts) -> Result<HttpResponse> {
        const auto invitations = accounts.invitations();
        if (!invitations) return invitations.error();
        return invitations_reply(accounts, *invitations);
      },
      [call = RestAnswer(call)](Result<HttpResponse> answer) {
        answer ? call.reply(std::move(*answer)) : call.refuse(answer.error());
      });
}

void post_invitation(Api& api, const RestCall& call) {
  if (!has_accounts(api, call)) return;
  BodyReader body(call.request.body, kInvalidBody);
  const auto uses = body.integer("uses").value_or(1);
  const auto days = body.integer("days");
  if (body.error()) return call.refuse(*body.error());
  if (auto allowed = check_invitation(call.caller, uses, days); !allowed) {
    return call.refuse(allowed.error());
  }
  run(api, call, [=, caller = call.caller](Accounts& accounts) -> Result<AccountAct> {
    std::optional<std::chrono::seconds> lifetime;
    if (days) lifetime = std::chrono::days(*days);
    const auto made = accounts.make_invitation(uses, lifetime, caller.user.username);
    if (!made) return made.error();
    JsonWriter json;
    json.object().member("url", accounts.link_of(*made)).member("code", made->code).end_object();
    return AccountAct{invitation_made(caller, *made), json_reply(201, json.take())};
  });
}

void delete_invitation(Api& api, const RestCall& call) {
  if (!has_accounts(api, call)) return;
  const std::string code(form_field(call.query, "code"));
  if (code.empty()) return call.refuse(Error{Code::kInvalid, "Missing code parameter", "code"});
  run(api, call, [code, caller = call.caller](Accounts& accounts) -> Result<AccountAct> {
    const auto revoked = accounts.revoke_invitation(code);
    if (!revoked) return revoked.error();
    return AccountAct{invitation_revoked(caller, *revoked), message_reply("Invitation revoked")};
  });
}

}  // namespace hubbub::rest
