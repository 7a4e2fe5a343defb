// /channels: the list, and what administrators do to it.
#include <utility>

#include "command/change_channels.h"
#include "rest/body_reader.h"
#include "rest/handlers.h"
#include "rest/page_query.h"
#include "rest/reply.h"
#include "rest/whole_number.h"
#include "wire/json_writer.h"

namespace hubbub::rest {
namespace {

constexpr std::string_view kInvalidRequestBody = "Invalid JSON request body";

void write_channel(JsonWriter& json, const Channel& channel) {
  json.object().member("id", channel.id.value).member("name", channel.name);
  if (channel.has_description) json.member("description", channel.description);
  if (channel.sort_order != 0) json.member("sort_order", channel.sort_order);
  const auto& rules = channel.rules;
  if (rules.is_read_only) json.member("read_only", true);
  if (rules.is_staff_only) json.member("staff_only", true);
  if (rules.is_private) json.member("private", true);
  if (rules.slow_mode_seconds != 0) json.member("slow_mode_seconds", rules.slow_mode_seconds);
  json.end_object();
}

HttpResponse archived_reply(const std::vector<ArchivedChannel>& channels) {
  JsonWriter json;
  json.object().key("channels").array();
  for (const auto& channel : channels) {
    json.object()
        .member("id", channel.id.value)
        .member("name", channel.name)
        .member("description", channel.description)
        .member("archived_at", format_time(channel.archived_at))
        .member("message_count", channel.message_count)
        .end_object();
  }
  json.end_array().end_object();
  return json_reply(200, json.take());
}

void get_archived_channels(Api& api, const RestCall& call) {
  if (auto allowed = check_role(call.caller, Verb::kReadArchivedChannels); !allowed) {
    return call.refuse(allowed.error());
  }
  api.read(
      call, [](Store& store) { return store.records().archived_channels(); }, archived_reply);
}

// What PATCH may carry.
struct ChannelPatch {
  std::optional<std::int64_t> id, before_id;
  std::optional<bool> is_archived;
  std::optional<std::string> name, description;
  ChannelRulesChange rules;

  [[nodiscard]] bool changes_nothing() const {
    return !name && !description && !rules.is_read_only && !rules.is_staff_only &&
           !rules.slow_mode_seconds && !rules.is_private;
  }
};

Result<ChannelPatch> read_patch(const std::string& text) {
  BodyReader body(text, kInvalidRequestBody);
  ChannelPatch patch{.id = body.integer("id"),
                     .before_id = body.integer("before_id"),
                     .is_archived = body.boolean("archived"),
                     .name = body.text("name"),
                     .description = body.text("description"),
                     .rules = {.is_read_only = body.boolean("read_only"),
                               .is_staff_only = body.boolean("staff_only"),
                               .slow_mode_seconds = body.integer("slow_mode_seconds"),
                               .is_private = body.boolean("private")}};
  if (body.error()) return *body.error();
  if (patch.id.value_or(0) == 0) {
    return Error{Code::kInvalid, "A Channel ID is required", "id"};
  }
  return patch;
}

}  // namespace

void get_channels(Api& api, const RestCall& call) {
  if (is_set(call.query, "archived")) return get_archived_channels(api, call);
  JsonWriter json;
  json.object().key("channels").array();
  for (const auto& channel : api.host().hub.directory(call.caller.role).channels) {
    write_channel(json, channel);
  }
  json.end_array().end_object();
  call.reply(json_reply(200, json.take()));
}

void post_channel(Api& api, const RestCall& call) {
  BodyReader body(call.request.body, kInvalidRequestBody);
  const auto name = body.text("name").value_or("");
  // Null or absent is stored as an empty description, as the old server did.
  auto description = body.text("description").value_or("");
  if (body.error()) return call.refuse(*body.error());
  api.submit(call, create_channel(call.caller, name, std::move(description)),
             [name](const Committed& committed) {
               JsonWriter json;
               json.object()
                   .member("message", "Channel created")
                   .member("name", name)
                   .member("id", committed.channel.value)
                   .end_object();
               return json_reply(201, json.take());
             });
}

// A move wins over everything else, as on the old server.
void patch_channel(Api& api, const RestCall& call) {
  auto patch = read_patch(call.request.body);
  if (!patch) return call.refuse(patch.error());
  const ChannelId id{*patch->id};
  if (patch->before_id) {
    return api.submit(call, reorder_channel(call.caller, id, ChannelId{*patch->before_id}),
                      [](const Committed&) { return message_reply("Channel reordered"); });
  }
  if (patch->is_archived) {
    if (*patch->is_archived) {
      return call.refuse(Error{Code::kInvalid, "A channel is archived with DELETE", "archived"});
    }
    return api.submit(call, restore_channel(call.caller, id),
                      [](const Committed&) { return message_reply("Channel restored"); });
  }
  if (patch->changes_nothing()) return call.refuse(Error{Code::kInvalid, "Nothing to update"});
  api.submit(call,
             update_channel(call.caller, id, std::move(patch->name), std::move(patch->description),
                            patch->rules),
             [](const Committed&) { return message_reply("Channel updated"); });
}

void delete_channel(Api& api, const RestCall& call) {
  const auto text = form_field(call.query, "id");
  if (text.empty()) return call.refuse(Error{Code::kInvalid, "Channel ID is required", "id"});
  const auto id = whole_number(text);
  if (!id) return call.refuse(Error{Code::kInvalid, "Invalid channel ID", "id"});
  api.submit(call, hubbub::delete_channel(call.caller, ChannelId{*id}, is_set(call.query, "purge")),
             [](const Committed&) { return message_reply("Channel deleted"); });
}

}  // namespace hubbub::rest
