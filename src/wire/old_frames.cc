#include "wire/old_frames.h"

#include "wire/json_writer.h"

namespace hubbub::old_protocol {
namespace {

void write_payload(JsonWriter& json, const Entry& entry) {
  json.object()
      .member("cacheID", cache_id(entry.message_id))
      .member("owner_id", entry.author.id.value)
      .member("username", entry.author.username);
  if (entry.kind == EntryKind::kPrivateMessage) {
    json.member("recipient_id", entry.recipient.id.value)
        .member("recipient", entry.recipient.username);
  } else {
    json.member("channel", entry.channel_name);
  }
  json.member("message", entry.text)
      .member("authored_at", format_time(entry.authored_at))
      .end_object();
}

JsonWriter envelope(std::string_view type, std::string_view sender) {
  JsonWriter json;
  json.object().member("type", type).member("sender", sender).key("payload");
  return json;
}

Shared<Frame> finish(JsonWriter& json) {
  json.end_object();
  std::string text = json.take();
  text += '\n';
  return Frame::text(text);
}

void write_user_status(JsonWriter& json, const Author& user, bool is_online) {
  json.object()
      .member("username", user.username)
      .member("id", user.id.value)
      .member("status", is_online)
      .end_object();
}

}  // namespace

std::int64_t cache_id(MessageId id) { return id.value & 0x7FFFFFFF; }

Shared<Frame> message(const Entry& entry) {
  if (entry.is_removed) return nullptr;
  const bool is_private = entry.kind == EntryKind::kPrivateMessage;
  if (!is_private && entry.kind != EntryKind::kMessage) return nullptr;
  auto json = envelope(is_private ? "private_chat_message" : "chat_message", entry.author.username);
  write_payload(json, entry);
  return finish(json);
}

Shared<Frame> user_status(const Author& user, bool is_online) {
  auto json = envelope("user_status", "Server");
  write_user_status(json, user, is_online);
  return finish(json);
}

Shared<Frame> bulk_messages(std::span<const Entry> entries, bool is_private) {
  auto json = envelope(is_private ? "bulk_private_messages" : "bulk_chat_messages", "Server");
  json.object().key("messages").array();
  for (const auto& entry : entries) write_payload(json, entry);
  json.end_array().end_object();
  return finish(json);
}

Shared<Frame> active_channels(std::span<const Channel> channels) {
  auto json = envelope("active_channels", "Server");
  json.object().key("channels").array();
  for (const auto& channel : channels) {
    json.object().member("id", channel.id.value).member("name", channel.name);
    if (channel.has_description) json.member("description", channel.description);
    if (channel.sort_order != 0) json.member("sort_order", channel.sort_order);
    json.end_object();
  }
  json.end_array().end_object();
  return finish(json);
}

Shared<Frame> connected_users(std::span<const Author> users) {
  auto json = envelope("connected_users", "Server");
  json.object().key("users").array();
  for (const auto& user : users) write_user_status(json, user, true);
  json.end_array().end_object();
  return finish(json);
}

}  // namespace hubbub::old_protocol
