#include "store/sqlite/message_writer.h"

#include "store/sql/entry_row.h"

namespace hubbub::sqlite {
namespace {

// NULL keeps a message without a send key out of the index.
std::optional<std::string_view> stored(const std::string& send_key) {
  if (send_key.empty()) return std::nullopt;
  return send_key;
}

}  // namespace

// A key is unique per author over both tables; each table's index sees to its own half.
MessageWriter::MessageWriter(Database& database, sql::LogHeads& heads, sql::ChannelWriter& channels)
    : database_(database),
      heads_(heads),
      channels_(channels),
      select_send_key_(database,
                       "SELECT 1, id FROM chat_messages"
                       " WHERE owner_id = ?1 AND send_key = ?2 UNION ALL"
                       " SELECT 2, id FROM private_messages"
                       " WHERE owner_id = ?1 AND send_key = ?2"),
      select_chat_message_(
          database, sql::chat_message_columns(database.dialect()) +
                        "FROM chat_messages m"
                        " JOIN channels c ON c.id = m.channel_id JOIN logs l ON l.id = c.log_id"
                        " WHERE m.id = ?1"),
      select_private_message_(database,
                              sql::select_private_messages(database.dialect(), "p.id = ?1")),
      select_username_(database, "SELECT username FROM users WHERE id = ?1"),
      insert_chat_message_(database,
                           "INSERT INTO chat_messages(channel_id, seq, owner_id, username, message,"
                           " send_key, authored_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"),
      insert_words_(database, "INSERT INTO chat_search(rowid, message) VALUES (?1, ?2)"),
      insert_private_message_(
          database,
          "INSERT INTO private_messages(owner_id, username, sender_seq, recipient_id, recipient,"
          " recipient_seq, message, send_key, authored_at)"
          " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)") {}

Status MessageWriter::add(std::span<const PendingEntry> messages,
                          std::vector<Result<Committed>>& results) {
  for (const PendingEntry& entry : messages) {
    const auto* message = std::get_if<PendingMessage>(&entry);
    auto result = message ? add(*message) : add(std::get<PendingPrivateMessage>(entry));
    if (!result && result.error().code == Code::kUnavailable) return result.error();
    results.push_back(std::move(result));
  }
  return {};
}

Result<Committed> MessageWriter::add(const PendingMessage& message) {
  auto repeated = repeat(message);
  if (!repeated) return repeated.error();
  if (*repeated) return std::move(**repeated);

  auto channel = channels_.find(message.channel);
  if (!channel) return channel.error();
  if (!*channel) return Error{Code::kUnknownChannel};
  const LogId log = (*channel)->log;
  auto position = heads_.take_next(log);
  if (!position) return position.error();
  Status done = insert_chat_message_.run(message.channel, position->seq, message.author.id,
                                         message.author.username, message.text,
                                         stored(message.send_key), message.authored_at);
  if (!done) return done.error();

  Entry entry;
  entry.message_id = MessageId{database_.last_insert_id()};
  done = insert_words_.run(entry.message_id, message.text);
  if (!done) return done.error();
  done = heads_.record(log, position->seq, EntryKind::kMessage, entry.message_id);
  if (!done) return done.error();
  entry.log = log;
  entry.epoch = std::move(position->epoch);
  entry.seq = position->seq;
  entry.kind = EntryKind::kMessage;
  entry.channel = message.channel;
  entry.channel_name = (*channel)->name;
  entry.author = message.author;
  entry.text = message.text;
  entry.send_key = message.send_key;
  entry.authored_at = message.authored_at;
  Committed committed;
  committed.entries.push_back(std::move(entry));
  return committed;
}

Result<Committed> MessageWriter::add(const PendingPrivateMessage& message) {
  auto repeated = repeat(message);
  if (!repeated) return repeated.error();
  if (*repeated) return std::move(**repeated);

  const bool is_to_oneself = message.recipient == message.author.id;
  Author recipient = message.author;
  if (!is_to_oneself) {
    auto username = find_username(message.recipient);
    if (!username) return username.error();
    if (!*username) return Error{Code::kUnknownUser};
    recipient = {message.recipient, std::move(**username)};
  }

  Committed committed;
  for (const UserId& owner : {message.author.id, message.recipient}) {
    if (is_to_oneself && !committed.entries.empty()) break;
    auto log = heads_.find_or_make_inbox(owner);
    if (!log) return log.error();
    auto entry = place(*log, message, recipient);
    if (!entry) return entry.error();
    committed.entries.push_back(std::move(*entry));
  }
  std::optional<Seq> recipient_seq;
  if (!is_to_oneself) recipient_seq = committed.entries.back().seq;
  Status done = insert_private_message_.run(message.author.id, message.author.username,
                                            committed.entries.front().seq, recipient.id,
                                            recipient.username, recipient_seq, message.text,
                                            stored(message.send_key), message.authored_at);
  if (!done) return done.error();
  const MessageId id{database_.last_insert_id()};
  for (Entry& entry : committed.entries) {
    entry.message_id = id;
    done = heads_.record(entry.log, entry.seq, EntryKind::kPrivateMessage, id);
    if (!done) return done.error();
  }
  return committed;
}

Result<Entry> MessageWriter::place(LogId log, const PendingPrivateMessage& message,
                                   const Author& recipient) {
  auto position = heads_.take_next(log);
  if (!position) return position.error();
  Entry entry;
  entry.log = log;
  entry.epoch = std::move(position->epoch);
  entry.seq = position->seq;
  entry.kind = EntryKind::kPrivateMessage;
  entry.author = message.author;
  entry.recipient = recipient;
  entry.text = message.text;
  entry.send_key = message.send_key;
  entry.authored_at = message.authored_at;
  return entry;
}

template <class Message>
Result<std::optional<Committed>> MessageWriter::repeat(const Message& message) {
  if (message.send_key.empty()) return std::nullopt;
  auto kind = EntryKind::kMessage;
  MessageId id;
  {
    Rows rows = select_send_key_.query(message.author.id, message.send_key);
    if (!rows.next()) {
      if (!rows.status()) return rows.status().error();
      return std::nullopt;
    }
    kind = static_cast<EntryKind>(rows.integer(0));
    id = MessageId{rows.integer(1)};
  }
  Statement& select = kind == EntryKind::kMessage ? select_chat_message_ : select_private_message_;
  std::vector<Entry> entries;
  Rows rows = select.query(id);
  while (rows.next()) entries.push_back(sql::read_entry(rows));
  if (!rows.status()) return rows.status().error();
  auto committed = sql::answer_repeat(message, std::move(entries));
  if (!committed) return committed.error();
  return std::optional(std::move(*committed));
}

Result<std::optional<std::string>> MessageWriter::find_username(const UserId& user) {
  Rows rows = select_username_.query(user);
  if (rows.next()) return rows.text(0);
  if (!rows.status()) return rows.status().error();
  return std::nullopt;
}

}  // namespace hubbub::sqlite
