#include "store/sqlite/channel_writer.h"

#include <algorithm>

namespace hubbub::sqlite {

ChannelWriter::ChannelWriter(Database& database, LogHeads& heads)
    : database_(database),
      heads_(heads),
      select_channels_(database,
                       "SELECT id, log_id, name FROM channels WHERE archived_at IS NULL"
                       " ORDER BY sort_order, id"),
      insert_channel_(
          database,
          "INSERT INTO channels(log_id, name, description, owner_id, sort_order,"
          " created_at, updated_at) SELECT ?1, ?2, ?3, ?4, coalesce(max(sort_order), 0) + 1,"
          " ?5, ?5 FROM channels WHERE archived_at IS NULL"),
      update_channel_(database,
                      "UPDATE channels SET name = coalesce(?2, name),"
                      " description = coalesce(?3, description), updated_at = ?4 WHERE id = ?1"),
      update_order_(database,
                    "UPDATE channels SET sort_order = ?2 WHERE id = ?1 AND sort_order <> ?2"),
      archive_channel_(database,
                       "UPDATE channels SET archived_at = ?2, updated_at = ?2 WHERE id = ?1"),
      update_limits_(database,
                     "UPDATE rate_limiter SET message_limit = ?1, window_seconds = ?2,"
                     " updated_at = ?3 WHERE id = 1") {}

Result<const ChannelWriter::LiveChannel*> ChannelWriter::find(ChannelId id) {
  if (Status loaded = load(); !loaded) return loaded.error();
  const auto found = channels_.find(id);
  return found == channels_.end() ? nullptr : &found->second;
}

Result<ChannelId> ChannelWriter::create(const CreateChannel& change) {
  if (Status free = require_free(change.name, ChannelId{}); !free) return free.error();
  auto log = heads_.make(LogKind::kChannel, std::nullopt);
  if (!log) return log.error();
  Status done = insert_channel_.run(*log, change.name, change.description, change.by.user.id, change.at);
  if (!done) return done.error();
  forget();
  return ChannelId{database_.last_insert_id()};
}

Status ChannelWriter::update(const UpdateChannel& change) {
  if (auto log = find_log(change.id); !log) return log.error();
  if (change.name) {
    if (Status free = require_free(*change.name, change.id); !free) return free;
  }
  forget();
  return update_channel_.run(change.id, change.name, change.description, change.at);
}

Status ChannelWriter::reorder(const ReorderChannel& change) {
  if (auto log = find_log(change.id); !log) return log.error();
  auto ids = order();
  if (!ids) return ids.error();
  if (change.before != change.id) {
    std::erase(*ids, change.id);
    ids->insert(std::ranges::find(*ids, change.before), change.id);
  }
  return renumber(*ids);
}

Status ChannelWriter::remove(const DeleteChannel& change) {
  auto log = find_log(change.id);
  if (!log) return log.error();
  forget();
  Status done = change.purge ? purge(change.id, *log) : archive_channel_.run(change.id, change.at);
  if (!done) return done;
  auto rest = order();
  return rest ? renumber(*rest) : rest.error();
}

Status ChannelWriter::set_limits(const UpdateLimits& change) {
  return update_limits_.run(change.limits.message_limit, change.limits.window_seconds, change.at);
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

Result<LogId> ChannelWriter::find_log(ChannelId id) {
  auto channel = find(id);
  if (!channel) return channel.error();
  if (!*channel) return Error{Code::kUnknownChannel};
  return (*channel)->log;
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

Status ChannelWriter::purge(ChannelId id, LogId log) {
  for (const char* sql :
       {"DELETE FROM chat_messages WHERE channel_id = ?1", "DELETE FROM channels WHERE id = ?1"}) {
    if (Status done = Statement(database_, sql).run(id); !done) return done;
  }
  for (const char* sql :
       {"DELETE FROM log_entries WHERE log_id = ?1", "DELETE FROM logs WHERE id = ?1"}) {
    if (Status done = Statement(database_, sql).run(log); !done) return done;
  }
  return {};
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

}  // namespace hubbub::sqlite
