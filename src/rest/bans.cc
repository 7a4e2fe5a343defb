// /users/ban and /users/bans.
#include <utility>

#include "command/ban_user.h"
#include "rest/body_reader.h"
#include "rest/handlers.h"
#include "rest/page_query.h"
#include "rest/reply.h"
#include "rest/restriction_records.h"

namespace hubbub::rest {
namespace {

std::string duration_text(std::optional<std::int64_t> hours) {
  return hours ? std::to_string(*hours) + " hours" : "Permanent";
}

HttpResponse bans_reply(const RecordPage<Ban>& page) {
  JsonWriter json;
  json.object().member("type", "ban_records_result").member("sender", "server").key("payload");
  json.object().key("records").array();
  for (const auto& ban : page.records) write_ban(json, ban);
  json.end_array().member("has_more", page.has_more).end_object().end_object();
  return json_reply(200, json.take());
}

}  // namespace

void post_ban(Api& api, const RestCall& call) {
  BodyReader body(call.request.body, "Invalid JSON body");
  BanRequest request{UserId{body.text("banished_id").value_or("")},
                     body.text("reason").value_or(""), body.integer("duration")};
  if (body.error()) return call.refuse(*body.error());
  // In this order, and all of them texts, as the old server wrote them.
  const auto answer = [user = request.user.value, reason = request.reason,
                       duration = duration_text(request.hours)](const Committed& committed) {
    JsonWriter json;
    json.object()
        .member("banished", user)
        .member("duration", duration)
        .member("message", "User banned successfully")
        .member("reason", reason)
        .member("ban_id", std::to_string(committed.id))
        .end_object();
    return json_reply(200, json.take());
  };
  api.submit(call, ban_user(call.caller, std::move(request)), answer);
}

void delete_ban(Api& api, const RestCall& call) {
  const auto ban = read_id(call.query, "ban_id");
  if (!ban) return call.refuse(ban.error());
  api.submit(call, pardon_ban(call.caller, *ban), [ban = *ban](const Committed&) {
    JsonWriter json;
    json.object()
        .member("ban_id", std::to_string(ban))
        .member("message", "User pardoned successfully")
        .end_object();
    return json_reply(200, json.take());
  });
}

void get_bans(Api& api, const RestCall& call) {
  const auto query = read_restriction_query(call.query, api.now());
  if (!query) return call.refuse(query.error());
  api.read(
      call, [query = *query](Store& store) { return store.records().bans(query); }, bans_reply);
}

}  // namespace hubbub::rest
