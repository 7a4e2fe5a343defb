#include "wire/v1_frames.h"

#include "wire/error_table.h"
#include "wire/json_writer.h"

namespace hubbub::v1 {
namespace {

JsonWriter envelope(std::string_view type, std::string_view sender = "Server") {
  JsonWriter json;
  json.object().member("type", type).member("sender", sender).key("payload").object();
  return json;
}

Shared<Frame> finish(JsonWriter& json) {
  json.end_object().end_object();
  return Frame::text(json.text());
}

void write_log(JsonWriter& json, const LogName& log) {
  json.key("log");
  if (log.is_inbox) {
    json.string("inbox");
  } else {
    json.number(log.channel.value);
  }
}

LogName log_of(const Entry& entry) {
  return entry.channel ? LogName{false, entry.channel} : LogName{true, {}};
}

void write_position(JsonWriter& json, std::string_view epoch, Seq seq) {
  json.member("epoch", epoch).member("seq", seq);
}

void write_channel(JsonWriter& json, const Channel& channel) {
  json.object()
      .member("id", channel.id.value)
      .member("name", channel.name)
      .member("description", channel.description)
      .member("sort_order", channel.sort_order);
  write_position(json, channel.head.epoch, channel.head.seq);
  json.member("read_only", channel.rules.is_read_only)
      .member("staff_only", channel.rules.is_staff_only)
      .member("private", channel.rules.is_private)
      .member("slow_mode_seconds", channel.rules.slow_mode_seconds)
      .end_object();
}

void write_roles(JsonWriter& json, std::span<const std::string> roles) {
  json.key("roles").array();
  for (const auto& role : roles) json.string(role);
  json.end_array();
}

void write_user(JsonWriter& json, const Author& user) {
  json.object().member("id", user.id.value).member("username", user.username).end_object();
}

// The members of one entry, without the braces.
void write_entry(JsonWriter& json, const Entry& entry, bool with_send_key) {
  write_log(json, log_of(entry));
  write_position(json, entry.epoch, entry.seq);
  json.member("message_id", entry.message_id.value);
  if (entry.kind == EntryKind::kRemoval) {
    json.member("removed_seq", entry.removed_seq);
    return;
  }
  if (entry.kind == EntryKind::kMessage) {
    json.member("channel_id", entry.channel.value).member("channel", entry.channel_name);
  }
  json.member("owner_id", entry.author.id.value).member("username", entry.author.username);
  if (entry.kind == EntryKind::kPrivateMessage) {
    json.member("recipient_id", entry.recipient.id.value)
        .member("recipient", entry.recipient.username);
  }
  json.member("message", entry.text).member("authored_at", format_time(entry.authored_at));
  if (entry.is_removed) json.member("removed", true);
  if (with_send_key && !entry.send_key.empty()) json.member("send_key", entry.send_key);
}

void write_limits(JsonWriter& json, const Limits& limits) {
  json.key("limits")
      .object()
      .member("message_length_max", limits.message_length_max)
      .member("send_key_length_max", 64)
      .member("frame_bytes_max", limits.frame_bytes_max)
      .member("history_count_max", limits.history_count_max)
      .member("message_limit", limits.messages.message_limit)
      .member("window_seconds", limits.messages.window_seconds)
      .end_object();
}

}  // namespace

std::string user_list(std::span<const Author> users) {
  JsonWriter json;
  json.array();
  for (const auto& user : users) write_user(json, user);
  return json.end_array().take();
}

Shared<Frame> hello(const Hello& hello) {
  auto json = envelope("hello");
  json.member("session_id", hello.session_id)
      .member("server_id", hello.server_id)
      .member("server_name", hello.server_name);
  write_user(json.key("user"), hello.user);
  write_roles(json, hello.roles);
  write_limits(json, hello.limits);
  json.member("heartbeat_seconds", hello.heartbeat_seconds)
      .member("token_expires_at", format_time(hello.token_expires_at));
  json.key("channels").array();
  for (const auto& channel : hello.channels) write_channel(json, channel);
  json.end_array().key("inbox").object();
  write_position(json, hello.inbox.epoch, hello.inbox.seq);
  json.end_object().key("users").raw(hello.users);
  return finish(json);
}

Shared<Frame> entry(const Entry& entry, bool with_send_key) {
  const bool is_removal = entry.kind == EntryKind::kRemoval;
  auto json = envelope(is_removal                                 ? "message_removed"
                       : entry.kind == EntryKind::kPrivateMessage ? "private_chat_message"
                                                                  : "chat_message",
                       is_removal ? std::string_view("Server") : entry.author.username);
  write_entry(json, entry, with_send_key);
  return finish(json);
}

Shared<Frame> ack(std::string_view send_key, const Entry& entry, bool is_repeated) {
  auto json = envelope("ack");
  json.member("send_key", send_key);
  write_log(json, log_of(entry));
  write_position(json, entry.epoch, entry.seq);
  json.member("message_id", entry.message_id.value)
      .member("authored_at", format_time(entry.authored_at))
      .member("repeated", is_repeated);
  return finish(json);
}

Shared<Frame> error(const Error& error, std::string_view send_key, std::string_view command,
                    const std::optional<LogName>& log) {
  auto json = envelope("error");
  if (!send_key.empty()) {
    json.member("send_key", send_key);
  } else if (!command.empty()) {
    json.member("command", command);
  }
  if (log) write_log(json, *log);
  json.member("code", error_row(error.code).name).member("message", error_text(error));
  if (!error.field.empty()) json.member("field", error.field);
  if (error.retry_after_ms > 0) json.member("retry_after_ms", error.retry_after_ms);
  return finish(json);
}

Shared<Frame> subscribed(const LogName& log, const Position& position, std::uint64_t replayed) {
  auto json = envelope("subscribed");
  write_log(json, log);
  write_position(json, position.epoch, position.seq);
  json.member("replayed", replayed);
  return finish(json);
}

Shared<Frame> unsubscribed(const LogName& log) {
  auto json = envelope("unsubscribed");
  write_log(json, log);
  return finish(json);
}

Shared<Frame> gap(const LogName& log, Seq from, Seq to, std::string_view reason) {
  auto json = envelope("gap");
  write_log(json, log);
  json.member("from", from).member("to", to).member("reason", reason);
  return finish(json);
}

Shared<Frame> history(const LogName& log, std::string_view epoch, std::span<const Entry> entries,
                      bool has_more, const UserId& reader) {
  auto json = envelope("history");
  write_log(json, log);
  json.member("epoch", epoch).key("messages").array();
  for (const auto& entry : entries) {
    json.object();
    write_entry(json, entry, entry.author.id == reader);
    json.end_object();
  }
  json.end_array().member("has_more", has_more);
  return finish(json);
}

Shared<Frame> channel_change(std::string_view type, const Channel& channel) {
  auto json = envelope(type);
  json.key("channel");
  if (type == "channel_removed") {
    json.object().member("id", channel.id.value).member("name", channel.name).end_object();
  } else {
    write_channel(json, channel);
  }
  return finish(json);
}

Shared<Frame> roles_changed(std::span<const std::string> roles) {
  auto json = envelope("roles_changed");
  write_roles(json, roles);
  return finish(json);
}

Shared<Frame> user_status(std::span<const PresenceChange> changes) {
  auto json = envelope("user_status");
  json.key("changes").array();
  for (const auto& change : changes) {
    json.object()
        .member("id", change.user.id.value)
        .member("username", change.user.username)
        .member("status", change.is_online)
        .end_object();
  }
  json.end_array();
  return finish(json);
}

Shared<Frame> limits_updated(const MessageLimits& limits) {
  auto json = envelope("limits_updated");
  json.member("message_limit", limits.message_limit)
      .member("window_seconds", limits.window_seconds);
  return finish(json);
}

Shared<Frame> heartbeat(std::span<const Head> heads) {
  auto json = envelope("heartbeat");
  json.key("heads").array();
  for (const auto& head : heads) {
    json.object();
    write_log(json, head.log);
    write_position(json, head.position.epoch, head.position.seq);
    json.end_object();
  }
  json.end_array();
  return finish(json);
}

Shared<Frame> token_time(std::string_view type, Time expires_at) {
  auto json = envelope(type);
  json.member("expires_at", format_time(expires_at));
  return finish(json);
}

std::string going_away_reason(std::int64_t retry_in_ms) {
  JsonWriter json;
  json.object().member("retry_in_ms", retry_in_ms).end_object();
  return json.take();
}

}  // namespace hubbub::v1
