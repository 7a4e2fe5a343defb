// /ratelimits: how many messages a person may send.
#include "command/update_limits.h"
#include "rest/handlers.h"
#include "rest/json_body.h"
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
  const Error invalid{Code::kMalformed, "Invalid JSON payload"};
  const auto body = JsonBody::parse(call.request.body);
  if (!body) return call.refuse(invalid);
  const auto id = body->integer("id");
  const auto message_limit = body->integer("message_limit");
  const auto window_seconds = body->integer("window_seconds");
  if (!id || !message_limit || !window_seconds) return call.refuse(invalid);
  if (id->value_or(0) != kLimitsId) {
    return call.refuse(Error{Code::kNotFound, "There are no such limits", "id"});
  }
  const MessageLimits limits{message_limit->value_or(0), window_seconds->value_or(0)};
  api.submit(call, update_limits(call.caller, limits), [](const Committed&) {
    JsonWriter json;
    json.object().member("message", "Rate limit updated").end_object();
    return json_reply(200, json.take());
  });
}

}  // namespace hubbub::rest
