#include "store/sql/channel_writer.h"

#include <algorithm>

#include "wire/json_writer.h"

namespace hubbub::sql {
namespace {

std::string to_json(const MessageLimits& limits) {
  return JsonWriter()
      .object()
      .member("message_limit", limits.message_limit)
      .member("window_seconds", limits.window_seconds)
      .end_object()
      .take();
}

std::string member_json(std::string_view name, auto value) {
  return JsonWriter().object().member(name, value).end_object().take();
}

}  // namespace

ChannelWriter::ChannelWriter(Database& database, LogHeads& heads)
    : database_(database),
      heads_(heads),
      select_channels_(database, "SELECT id, log_id, name FROM " +
                                     std::string(database.dialect().all_channels) +
                                     " WHERE archived_at IS NULL ORDER BY sort_order, id"),
      select_channel_(database,
                      "SELECT log_id, name, description, is_read_only, is_staff_only,"
                      " slow_mode_seconds, archived_at, is_private FROM " +
                          std::string(database.dialect().all_channels) + " WHERE id = ?1"),
      insert_channel_(
          database,
          "INSERT INTO channels(log_id, name, description, owner_id, sort_order,"
          " created_at, updated_at) SELECT ?1, ?2, ?3, ?4, coalesce(max(sort_order), 0) + 1,"
          " ?5, ?5 FROM " +
              std::string(database.dialect().all_channels) +
              " WHERE archived_at IS NULL RETURNING id"),
      update_channel_(database,
                      "UPDATE channels SET name = ?2, description = ?3, is_read_only = ?4,"
                      " is_staff_only = ?5, slow_mode_seconds = ?6, updated_at = ?7,"
                      " is_private = ?8 WHERE id = ?1"),
      update_order_(database,
                    "UPDATE channels SET sort_order = ?2 WHERE id = ?1 AND sort_order <> ?2"),
      archive_channel_(database, database.dialect().archive_channel),
      restore_channel_(database, database.dialect().restore_channel),
      select_limits_(database,
                     "SELECT message_limit, window_seconds FROM rate_limiter WHERE id = 1"),
      update_limits_(database,
                     "UPDATE rate_limiter SET message_limit = ?1, window_seconds = ?2,"
                     " updated_at = ?3 WHERE id = 1") {}

Result<const ChannelWriter::LiveChannel*> ChannelWriter::find(ChannelId id) {
  if (Status loaded = load(); !loaded) return loaded.error();
  const auto found = channels_.find(id);
  return found == channels_.end() ? nullptr : &found->second;
}

Result<Act> ChannelWriter::create(const CreateChannel& change) {
  if (Status free = require_free(change.name, ChannelId{}); !free) return free.error();
  auto log = heads_.make(LogKind::kChannel, std::nullopt);
  if (!log) return log.error();
  forget();
  auto id =
      insert_channel_.number(*log, change.name, change.description, change.by.user.id, change.at);
  if (!id) return id.error();
  const StoredChannel channel{*log, change.name, change.description, {}};
  Act act = changed("channel.create", channel, "", difference(channel, StoredChannel{}));
  act.committed.channel = ChannelId{*id};
  return act;
}

Result<Act> ChannelWriter::update(const UpdateChannel& change) {
  auto before = read_live(change.id);
  if (!before) return before.error();
  StoredChannel after = *before;
  if (change.name) after.name = *change.name;
  if (change.description) after.description = change.description;
  const ChannelRulesChange& rules = change.rules;
  after.rules = {rules.is_read_only.value_or(before->rules.is_read_only),
                 rules.is_staff_only.value_or(before->rules.is_staff_only),
                 rules.slow_mode_seconds.value_or(before->rules.slow_mode_seconds),
                 rules.is_private.value_or(before->rules.is_private)};
  if (after == *before) return Act{};
  if (Status free = require_free(after.name, change.id); !free) return free.error();
  forget();
  Status done = update_channel_.run(
      change.id, after.name, after.description, after.rules.is_read_only, after.rules.is_staff_only,
      after.rules.slow_mode_seconds, change.at, after.rules.is_private);
  if (!done) return done.error();
  return changed("channel.update", *before, difference(*before, after), difference(after, *before));
}

Result<Act> ChannelWriter::reorder(const ReorderChannel& change) {
  auto channel = read_live(change.id);
  if (!channel) return channel.error();
  auto before = order();
  if (!before) return before.error();
  std::vector<ChannelId> after = *before;
  if (change.before != change.id) {
    std::erase(after, change.id);
    after.insert(std::ranges::find(after, change.before), change.id);
  }
  if (after == *before) return Act{};
  if (Status done = renumber(after); !done) return done.error();
  const auto place_json = [&](const std::vector<ChannelId>& order) {
    return member_json("sort_order", std::ranges::find(order, change.id) - order.begin() + 1);
  };
  return changed("channel.reorder", *channel, place_json(*before), place_json(after));
}

Result<Act> ChannelWriter::remove(const DeleteChannel& change) {
  auto channel = change.purge ? read(change.id) : read_live(change.id);
  if (!channel) return channel.error();
  return change.purge ? purge(change, *channel) : archive(change, *channel);
}

Result<Act> ChannelWriter::restore(const RestoreChannel& change) {
  auto channel = read(change.id);
  if (!channel) return channel.error();
  if (!channel->is_archived) return Error{Code::kUnknownChannel, "This channel is not archived"};
  if (Status free = require_free(channel->name, change.id); !free) return free.error();
  forget();
  if (Status done = restore_channel_.run(change.id, change.at); !done) return done.error();
  return changed("channel.restore", *channel, member_json("archived", true),
                 member_json("archived", false));
}

Result<Act> ChannelWriter::set_limits(const UpdateLimits& change) {
  MessageLimits before;
  {
    Rows rows = select_limits_.query();
    if (rows.next()) before = {rows.integer(0), rows.integer(1)};
    if (!rows.status()) return rows.status().error();
  }
  if (change.limits == before) return Act{};
  Status done =
      update_limits_.run(change.limits.message_limit, change.limits.window_seconds, change.at);
  if (!done) return done.error();
  return Act{.note = AuditNote{"limits.update", "limits", to_json(before), to_json(change.limits)},
             .is_directory_changed = true};
}

Status ChannelWriter::load() {
  if (is_loaded_) return {};
  channels_.clear();
  Rows rows = select_channels_.query();
  while (rows.next()) {
    channels_[ChannelId{rows.integer(0)}] = {LogId{rows.integer(1)}, rows.text(2)};
  }
  is_loaded_ = rows.status().has_value();
  return rows.status();
}

Result<ChannelWriter::StoredChannel> ChannelWriter::read(ChannelId id) {
  Rows rows = select_channel_.query(id);
  if (!rows.next()) {
    return rows.status() ? Error{Code::kUnknownChannel} : rows.status().error();
  }
  StoredChannel channel;
  channel.log = LogId{rows.integer(0)};
  channel.name = rows.text(1);
  if (!rows.is_null(2)) channel.description = rows.text(2);
  channel.rules = {rows.boolean(3), rows.boolean(4), rows.integer(5), rows.boolean(7)};
  channel.is_archived = !rows.is_null(6);
  return channel;
}

Result<ChannelWriter::StoredChannel> ChannelWriter::read_live(ChannelId id) {
  auto channel = read(id);
  if (channel && channel->is_archived) return Error{Code::kUnknownChannel};
  return channel;
}

Status ChannelWriter::require_free(const std::string& name, ChannelId except) {
  if (Status loaded = load(); !loaded) return loaded;
  for (const auto& [id, channel] : channels_) {
    if (channel.name == name && id != except) {
      return Error{Code::kConflict, "a channel called " + name + " exists", "name"};
    }
  }
  return {};
}

std::string ChannelWriter::difference(const StoredChannel& channel, const StoredChannel& other) {
  JsonWriter json;
  json.object();
  if (channel.name != other.name) json.member("name", channel.name);
  if (channel.description != other.description) {
    json.key("description");
    channel.description ? json.string(*channel.description) : json.null();
  }
  const ChannelRules& rules = channel.rules;
  if (rules.is_read_only != other.rules.is_read_only) json.member("read_only", rules.is_read_only);
  if (rules.is_staff_only != other.rules.is_staff_only) {
    json.member("staff_only", rules.is_staff_only);
  }
  if (rules.is_private != other.rules.is_private) json.member("private", rules.is_private);
  if (rules.slow_mode_seconds != other.rules.slow_mode_seconds) {
    json.member("slow_mode_seconds", rules.slow_mode_seconds);
  }
  return json.end_object().take();
}

Act ChannelWriter::changed(std::string action, const StoredChannel& channel, std::string before,
                           std::string after) {
  return Act{
      .note = AuditNote{std::move(action), "#" + channel.name, std::move(before), std::move(after)},
      .is_directory_changed = true};
}

Result<Act> ChannelWriter::archive(const DeleteChannel& change, const StoredChannel& channel) {
  forget();
  if (Status done = archive_channel_.run(change.id, change.at); !done) return done.error();
  if (Status done = close_gap(); !done) return done.error();
  return changed("channel.archive", channel, member_json("archived", false),
                 member_json("archived", true));
}

Result<Act> ChannelWriter::purge(const DeleteChannel& change, const StoredChannel& channel) {
  forget();
  Statement delete_messages(database_, "DELETE FROM chat_messages WHERE channel_id = ?1");
  if (Status done = delete_messages.run(change.id); !done) return done.error();
  const std::int64_t message_count = database_.change_count();
  Statement delete_channel(database_, database_.dialect().delete_channel);
  if (Status done = delete_channel.run(change.id); !done) return done.error();
  for (const char* sql :
       {"DELETE FROM log_entries WHERE log_id = ?1", "DELETE FROM logs WHERE id = ?1"}) {
    if (Status done = Statement(database_, sql).run(channel.log); !done) return done.error();
  }
  if (Status done = close_gap(); !done) return done.error();
  Act act = changed("channel.purge", channel,
                    JsonWriter()
                        .object()
                        .member("archived", channel.is_archived)
                        .member("message_count", message_count)
                        .end_object()
                        .take(),
                    "");
  act.is_directory_changed = !channel.is_archived;
  return act;
}

Result<std::vector<ChannelId>> ChannelWriter::order() {
  std::vector<ChannelId> ids;
  Rows rows = select_channels_.query();
  while (rows.next()) ids.push_back(ChannelId{rows.integer(0)});
  if (!rows.status()) return rows.status().error();
  return ids;
}

Status ChannelWriter::renumber(const std::vector<ChannelId>& order) {
  std::int64_t place = 0;
  for (const ChannelId id : order) {
    if (Status done = update_order_.run(id, ++place); !done) return done;
  }
  return {};
}

Status ChannelWriter::close_gap() {
  auto rest = order();
  return rest ? renumber(*rest) : rest.error();
}

}  // namespace hubbub::sql
