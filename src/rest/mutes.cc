// /users/mute and /users/mutes.
#include <utility>

#include "command/mute_user.h"
#include "rest/body_reader.h"
#include "rest/handlers.h"
#include "rest/page_query.h"
#include "rest/reply.h"
#include "rest/restriction_records.h"

namespace hubbub::rest {
namespace {

HttpResponse mute_reply(std::string_view message, std::int64_t mute) {
  JsonWriter json;
  json.object().member("message", message).member("mute_id", mute).end_object();
  return json_reply(200, json.take());
}

HttpResponse mutes_reply(const RecordPage<Mute>& page, Role reader) {
  JsonWriter json;
  json.object().key("mutes").array();
  for (const auto& mute : page.records) write_mute(json, mute, reader);
  json.end_array().member("has_more", page.has_more).end_object();
  return json_reply(200, json.take());
}

}  // namespace

void post_mute(Api& api, const RestCall& call) {
  BodyReader body(call.request.body, "Invalid JSON body");
  MuteRequest request{.user = UserId{body.text("user_id").value_or("")},
                      .channel = {},
                      .reason = body.text("reason").value_or(""),
                      .minutes = body.integer("duration_minutes")};
  if (const auto channel = body.integer("channel_id")) request.channel = ChannelId{*channel};
  if (body.error()) return call.refuse(*body.error());
  api.submit(call, mute_user(call.caller, api.host().hub, std::move(request)),
             [](const Committed& committed) {
               return mute_reply("User muted successfully", committed.id);
             });
}

void delete_mute(Api& api, const RestCall& call) {
  const auto mute = read_id(call.query, "mute_id");
  if (!mute) return call.refuse(mute.error());
  api.submit(call, unmute_user(call.caller, *mute), [mute = *mute](const Committed&) {
    return mute_reply("User unmuted successfully", mute);
  });
}

void get_mutes(Api& api, const RestCall& call) {
  const auto query = read_restriction_query(call.query, api.now());
  if (!query) return call.refuse(query.error());
  api.read(
      call, [query = *query](Store& store) { return store.records().mutes(query); },
      [reader = call.caller.role](const RecordPage<Mute>& page) {
        return mutes_reply(page, reader);
      });
}

}  // namespace hubbub::rest
