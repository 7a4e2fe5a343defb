// /ratelimits: how many messages a person may send.
#include "command/update_limits.h"
#include "rest/body_reader.h"
#include "rest/handlers.h"
#include "rest/reply.h"
#include "wire/json_writer.h"

namespace hubbub::rest {
namespace {

// The only set of limits there is, as the old dashboard knows it.
constexpr std::int64_t kLimitsId = 1;

}  // namespace

void get_limits(Api& api, const RestCall& call) {
  const auto& limits = api.host().hub.directory().limits;
  JsonWriter json;
  json.object().key("rate_limiter").object();
  json.member("id", kLimitsId)
      .member("owner_id", "default")
      .member("message_limit", limits.message_limit)
      .member("window_seconds", limits.window_seconds);
  json.end_object().end_object();
  call.reply(json_reply(200, json.take()));
}

void patch_limits(Api& api, const RestCall& call) {
  BodyReader body(call.request.body, "Invalid JSON payload");
  const auto id = body.integer("id");
  const MessageLimits limits{body.integer("message_limit").value_or(0),
                             body.integer("window_seconds").value_or(0)};
  if (body.error()) return call.refuse(*body.error());
  if (id.value_or(0) != kLimitsId) {
    return call.refuse(Error{Code::kNotFound, "There are no such limits", "id"});
  }
  api.submit(call, update_limits(call.caller, limits),
             [](const Committed&) { return message_reply("Rate limit updated"); });
}

}  // namespace hubbub::rest
