// /channels: the list, and what administrators do to it.
#include <utility>

#include "command/change_channels.h"
#include "rest/handlers.h"
#include "rest/json_body.h"
#include "rest/reply.h"
#include "rest/whole_number.h"
#include "wire/json_writer.h"

namespace hubbub::rest {
namespace {

Error invalid_body(std::string field = {}) {
  return {Code::kMalformed, "Invalid JSON request body", std::move(field)};
}

HttpResponse message_reply(int status, std::string_view message) {
  JsonWriter json;
  json.object().member("message", message).end_object();
  return json_reply(status, json.take());
}

// What PATCH may carry.
struct ChannelPatch {
  std::optional<std::int64_t> id, before_id;
  std::optional<std::string> name, description;
};

Result<ChannelPatch> read_patch(const std::string& text) {
  const auto body = JsonBody::parse(text);
  if (!body) return invalid_body();
  ChannelPatch patch;
  const auto take = [](auto& into, auto read) -> std::optional<Error> {
    if (!read) return invalid_body(read.error().field);
    into = std::move(*read);
    return std::nullopt;
  };
  if (auto error = take(patch.id, body->integer("id"))) return *error;
  if (auto error = take(patch.before_id, body->integer("before_id"))) return *error;
  if (auto error = take(patch.name, body->text("name"))) return *error;
  if (auto error = take(patch.description, body->text("description"))) return *error;
  return patch;
}

}  // namespace

void get_channels(Api& api, const RestCall& call) {
  JsonWriter json;
  json.object().key("channels").array();
  for (const auto& channel : api.host().hub.directory().channels) {
    json.object().member("id", channel.id.value).member("name", channel.name);
    if (channel.has_description) json.member("description", channel.description);
    if (channel.sort_order != 0) json.member("sort_order", channel.sort_order);
    json.end_object();
  }
  json.end_array().end_object();
  call.reply(json_reply(200, json.take()));
}

void post_channel(Api& api, const RestCall& call) {
  const auto body = JsonBody::parse(call.request.body);
  if (!body) return call.refuse(invalid_body());
  auto name = body->text("name");
  if (!name) return call.refuse(invalid_body("name"));
  auto description = body->text("description");
  if (!description) return call.refuse(invalid_body("description"));
  // Null or absent is stored as an empty description, as the old server did.
  auto text = std::move(*description).value_or("");
  const auto shown = name->value_or("");
  api.submit(call, create_channel(call.caller, shown, std::move(text)), [shown](const Committed&) {
    JsonWriter json;
    json.object().member("message", "Channel created").member("name", shown).end_object();
    return json_reply(201, json.take());
  });
}

void patch_channel(Api& api, const RestCall& call) {
  auto patch = read_patch(call.request.body);
  if (!patch) return call.refuse(patch.error());
  if (patch->id.value_or(0) == 0) {
    return call.refuse(Error{Code::kInvalid, "A Channel ID is required", "id"});
  }
  const ChannelId id{*patch->id};
  if (patch->before_id) {
    return api.submit(call, reorder_channel(call.caller, id, ChannelId{*patch->before_id}),
                      [](const Committed&) { return message_reply(200, "Channel reordered"); });
  }
  if (!patch->name && !patch->description) {
    return call.refuse(Error{Code::kInvalid, "Nothing to update"});
  }
  api.submit(call,
             update_channel(call.caller, id, std::move(patch->name), std::move(patch->description)),
             [](const Committed&) { return message_reply(200, "Channel updated"); });
}

void delete_channel(Api& api, const RestCall& call) {
  const auto text = form_field(call.query, "id");
  if (text.empty()) return call.refuse(Error{Code::kInvalid, "Channel ID is required", "id"});
  const auto id = whole_number(text);
  if (!id) return call.refuse(Error{Code::kInvalid, "Invalid channel ID", "id"});
  const auto purge = form_field(call.query, "purge");
  api.submit(call,
             hubbub::delete_channel(call.caller, ChannelId{*id}, purge == "1" || purge == "true"),
             [](const Committed&) { return message_reply(200, "Channel deleted"); });
}

}  // namespace hubbub::rest
