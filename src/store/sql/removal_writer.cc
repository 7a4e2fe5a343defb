#include "store/sql/removal_writer.h"

#include <algorithm>

#include "wire/json_writer.h"

namespace hubbub::sql {

RemovalWriter::RemovalWriter(Database& database, LogHeads& heads)
    : heads_(heads),
      select_message_(database,
                      "SELECT m.channel_id, c.name, c.log_id, m.seq, m.owner_id, " +
                          std::string(database.dialect().author_name) +
                          ", c.is_staff_only, c.is_private FROM chat_messages m" +
                          database.dialect().ordered_join + database.dialect().all_channels +
                          " c ON c.id = m.channel_id WHERE m.id = ?1 AND m.removed_at IS NULL"),
      blank_message_(database,
                     "UPDATE chat_messages SET message = '', removed_at = ?2 WHERE id = ?1") {}

Result<Act> RemovalWriter::remove(const RemoveMessages& removal) {
  Act act;
  std::string first_channel;
  bool is_one_channel = true;
  JsonWriter before;
  before.object().key("messages").array();
  for (const MessageId id : removal.ids) {
    auto message = find(id);
    if (!message) return message.error();
    if (!*message || !has_at_least(removal.by_role, (*message)->audience)) continue;
    auto entry = blank(**message, removal.at);
    if (!entry) return entry.error();
    act.committed.entries.push_back(std::move(*entry));

    if (first_channel.empty()) first_channel = (*message)->channel_name;
    is_one_channel = is_one_channel && first_channel == (*message)->channel_name;
    before.object().member("id", id.value).member("author_id", (*message)->author.id.value);
    before.member("author", (*message)->author.username);
    before.member("channel", (*message)->channel_name).end_object();
  }
  const std::size_t count = act.committed.entries.size();
  if (count == 0) return Error{Code::kNotFound, "None of these messages is there", "ids"};
  act.note = AuditNote{"message.remove",
                       is_one_channel ? "#" + first_channel : std::to_string(count) + " messages",
                       before.end_array().end_object().take()};
  return act;
}

Result<std::optional<RemovalWriter::Message>> RemovalWriter::find(MessageId id) {
  Rows rows = select_message_.query(id);
  if (rows.next()) {
    const ChannelRules rules{.is_staff_only = rows.boolean(6), .is_private = rows.boolean(7)};
    return Message{id,
                   ChannelId{rows.integer(0)},
                   rows.text(1),
                   LogId{rows.integer(2)},
                   static_cast<Seq>(rows.integer(3)),
                   {UserId{rows.text(4)}, rows.text(5)},
                   rules.audience()};
  }
  if (!rows.status()) return rows.status().error();
  return std::nullopt;
}

Result<Entry> RemovalWriter::blank(const Message& message, Time at) {
  if (Status done = blank_message_.run(message.id, at); !done) return done.error();
  auto position = heads_.take_next(message.log);
  if (!position) return position.error();
  Status done =
      heads_.record(message.log, position->seq, EntryKind::kRemoval, message.id, message.seq);
  if (!done) return done.error();
  Entry entry;
  entry.log = message.log;
  entry.epoch = std::move(position->epoch);
  entry.seq = position->seq;
  entry.kind = EntryKind::kRemoval;
  entry.message_id = message.id;
  entry.channel = message.channel;
  entry.channel_name = message.channel_name;
  entry.removed_seq = message.seq;
  entry.authored_at = at;
  return entry;
}

}  // namespace hubbub::sql
