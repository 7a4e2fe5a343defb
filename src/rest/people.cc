// /users and /users/profile.
#include <utility>

#include "rest/handlers.h"
#include "rest/page_query.h"
#include "rest/reply.h"
#include "rest/restriction_records.h"
#include "wire/json_writer.h"

namespace hubbub::rest {
namespace {

// The old list has no pages.
constexpr std::int64_t kAllPeopleMax = 10'000;

HttpResponse people_reply(const RecordPage<Person>& page, bool is_search) {
  JsonWriter json;
  json.object().member("type", "user_search_result").member("sender", "server").key("payload");
  json.object().key("users").array();
  for (const auto& person : page.records) {
    json.object()
        .member("id", person.user.id.value)
        .member("username", person.user.username)
        .member("is_banned", person.is_banned);
    if (is_search) {
      json.member("role", role_name(person.role))
          .member("last_seen", format_time(person.last_seen));
    }
    json.end_object();
  }
  json.end_array();
  if (is_search) json.member("has_more", page.has_more);
  json.end_object().end_object();
  return json_reply(200, json.take());
}

void write_account(JsonWriter& json, const std::optional<Account>& account) {
  json.key("account");
  if (!account) {
    json.null();
    return;
  }
  json.object().key("roles").array();
  for (const auto& role : account->roles) json.string(role);
  json.end_array()
      .member("disabled", account->is_disabled)
      .member("created_at", format_time(account->created_at))
      .end_object();
}

HttpResponse profile_reply(const PersonProfile& profile, int connections,
                           const std::optional<Account>& account, Role reader) {
  const auto& person = profile.person;
  JsonWriter json;
  json.object().key("user").object();
  json.member("id", person.user.id.value)
      .member("username", person.user.username)
      .member("role", role_name(person.role))
      .member("first_seen", format_time(person.first_seen))
      .member("last_seen", format_time(person.last_seen))
      .member("is_banned", person.is_banned)
      .member("is_online", connections > 0)
      .member("connections", connections)
      .member("message_count", profile.message_count)
      .end_object();
  json.key("bans").array();
  for (const auto& ban : profile.bans) write_ban(json, ban);
  json.end_array().key("mutes").array();
  for (const auto& mute : profile.mutes) write_mute(json, mute, reader);
  json.end_array();
  write_account(json, account);
  json.end_object();
  return json_reply(200, json.take());
}

// The profile is complete; where accounts are our own, theirs is asked for.
void answer_profile(Api& api, const RestAnswer& call, const PersonProfile& profile, Role reader) {
  const auto& user = profile.person.user.id;
  const int connections = api.host().hub.connections_of(user);
  if (!api.accounts()) {
    return call.reply(profile_reply(profile, connections, std::nullopt, reader));
  }
  api.accounts()->ask(
      api.host().reactor, [user](Accounts& accounts) { return accounts.find_account(user); },
      [call, connections, profile, reader](const Result<std::optional<Account>>& account) {
        if (!account) return call.refuse(account.error());
        call.reply(profile_reply(profile, connections, *account, reader));
      });
}

}  // namespace

void get_people(Api& api, const RestCall& call) {
  PeopleQuery query;
  query.username = form_field(call.query, "username");
  query.now = api.now();
  const auto page = read_page(call.query);
  if (!page) return call.refuse(page.error());
  const bool is_search = has_field(call.query, "search");
  if (is_search) {
    query.part = form_field(call.query, "search");
    query.limit = page->limit;
    query.offset = page->offset;
  } else {
    query.limit = kAllPeopleMax;
    query.is_by_id = true;
  }
  api.read(
      call, [query](Store& store) { return store.records().people(query); },
      [is_search](const RecordPage<Person>& page) { return people_reply(page, is_search); });
}

void get_profile(Api& api, const RestCall& call) {
  const UserId user{std::string(form_field(call.query, "id"))};
  if (user.empty()) return call.refuse(Error{Code::kInvalid, "Missing id parameter", "id"});
  api.services().reader.ask(
      api.host().reactor,
      [user, now = api.now()](Store& store) { return store.records().profile(user, now); },
      [&api, call = RestAnswer(call),
       reader = call.caller.role](Result<std::optional<PersonProfile>> profile) {
        if (!profile) return call.refuse(profile.error());
        if (!*profile) return call.refuse(Error{Code::kUnknownUser, {}, "id"});
        answer_profile(api, call, **profile, reader);
      });
}

}  // namespace hubbub::rest
