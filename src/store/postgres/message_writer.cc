#include "store/postgres/message_writer.h"

#include <libpq-fe.h>

#include <unordered_set>

#include "store/postgres/message_batch.h"
#include "store/sql/entry_row.h"

namespace hubbub::postgres {
namespace {

// $1 authors of private messages, $2 their recipients, of whom those who were never seen get none.
constexpr const char* kMakeInboxes =
    "INSERT INTO logs(kind, owner_id, epoch)"
    " SELECT 2, owner.id, replace(gen_random_uuid()::text, '-', '') FROM"
    " (SELECT unnest($1) AS id UNION SELECT u.id FROM users u WHERE u.id = ANY($2)) owner"
    " WHERE NOT EXISTS (SELECT 1 FROM logs l WHERE l.owner_id = owner.id) ON CONFLICT DO NOTHING";

// $1 channels, $2 owners of inboxes.
constexpr const char* kLockHeads =
    "SELECT id FROM logs WHERE id IN (SELECT log_id FROM channels WHERE id = ANY($1)"
    " UNION ALL SELECT id FROM logs WHERE owner_id = ANY($2)) ORDER BY id FOR UPDATE";

// The columns of the result.
enum Column { kPlace, kSide, kKind, kIsRepeated, kId, kLog, kEpoch, kSeq, kName };

// One row for each entry of a log that came of it, and one for each repeated send key; of messages
// that are refused, none. side: 0 the channel or the author's inbox, 1 the recipient's. name: the
// channel's, or the recipient's. All parts see the same state; heads are locked by then. No part is
// joined with another: the planner takes each for a few rows, and would go through one for each
// row of the other.
constexpr const char* kStore = R"sql(
WITH given AS MATERIALIZED (
  SELECT g.*, m.id AS chat_id, p.id AS inbox_id
    FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[],
      $7::text[], $8::text[], $9::timestamp[]) WITH ORDINALITY
    AS g(kind, channel_id, recipient_id, owner_id, username, message, send_key, words, authored_at,
      place)
    LEFT JOIN chat_messages m ON m.owner_id = g.owner_id AND m.send_key = g.send_key
    LEFT JOIN private_messages p ON p.owner_id = g.owner_id AND p.send_key = g.send_key),
fresh AS MATERIALIZED (
  SELECT f.*, CASE f.kind WHEN 1 THEN nextval('chat_messages_id_seq')
      ELSE nextval('private_messages_id_seq') END AS id
    FROM (SELECT * FROM given WHERE chat_id IS NULL AND inbox_id IS NULL ORDER BY place) f),
sides AS (
  SELECT f.*, 0 AS side, c.log_id, c.name::text AS name FROM fresh f
    JOIN channels c ON c.id = f.channel_id WHERE f.kind = 1 AND c.log_id IS NOT NULL
  UNION ALL
  SELECT f.*, 0, l.id, coalesce(u.username, f.username) FROM fresh f
    JOIN logs l ON l.owner_id = f.owner_id LEFT JOIN users u ON u.id = f.recipient_id
    WHERE f.kind = 2 AND (u.id IS NOT NULL OR f.recipient_id = f.owner_id)
  UNION ALL
  SELECT f.*, 1, l.id, u.username FROM fresh f JOIN users u ON u.id = f.recipient_id
    JOIN logs l ON l.owner_id = f.recipient_id WHERE f.kind = 2 AND f.recipient_id <> f.owner_id),
placed AS (
  SELECT s.*, l.epoch,
      l.head_seq + row_number() OVER (PARTITION BY s.log_id ORDER BY s.place, s.side) AS seq
    FROM sides s JOIN logs l ON l.id = s.log_id),
paired AS MATERIALIZED (
  SELECT p.*, max(CASE p.side WHEN 1 THEN p.seq END) OVER (PARTITION BY p.place) AS recipient_seq
    FROM placed p),
chat AS (
  INSERT INTO chat_messages(id, cache_id, channel_id, channel, seq, owner_id, username, message,
      send_key, words, authored_at)
    SELECT id, id, channel_id, name, seq, owner_id, username, message, send_key, words::tsvector,
      authored_at FROM paired WHERE kind = 1),
private AS (
  INSERT INTO private_messages(id, cache_id, owner_id, username, sender_seq, recipient_id,
      recipient, recipient_seq, message, send_key, authored_at)
    SELECT id, id, owner_id, username, seq, recipient_id, name, recipient_seq, message, send_key,
      authored_at FROM paired WHERE kind = 2 AND side = 0),
noted AS (
  INSERT INTO log_entries(log_id, seq, kind, message_id) SELECT log_id, seq, kind, id FROM paired),
moved AS (
  UPDATE logs SET head_seq = m.seq
    FROM (SELECT log_id, max(seq) AS seq FROM paired GROUP BY log_id) m WHERE logs.id = m.log_id)
SELECT place, side, kind, false, id, log_id, epoch, seq, name FROM paired
UNION ALL
SELECT place, 0, CASE WHEN chat_id IS NULL THEN 2 ELSE 1 END, true, coalesce(chat_id, inbox_id),
    NULL, NULL, NULL, NULL
  FROM given WHERE chat_id IS NOT NULL OR inbox_id IS NOT NULL
ORDER BY 1, 2)sql";

}  // namespace

MessageWriter::MessageWriter(Database& database, sql::LogHeads& heads)
    : database_(database),
      heads_(heads),
      make_inboxes_(database, kMakeInboxes),
      lock_heads_(database, kLockHeads),
      store_(database, kStore),
      select_chat_message_(database, sql::chat_message_columns(database.dialect()) +
                                         "FROM chat_messages m JOIN all_channels c"
                                         " ON c.id = m.channel_id JOIN logs l ON l.id = c.log_id"
                                         " WHERE m.id = ?1"),
      select_private_message_(database,
                              sql::select_private_messages(database.dialect(), "p.id = ?1")) {}

bool MessageWriter::is_whole(std::span<const PendingEntry> messages) const {
  return distinct_send_keys(messages) == messages.size();
}

Status MessageWriter::add(std::span<const PendingEntry> messages,
                          std::vector<Result<Committed>>& results) {
  // Entries of other kinds may have moved heads in this transaction.
  if (Status done = heads_.flush(); !done) return done;
  heads_.forget();
  while (!messages.empty()) {
    const std::size_t count = distinct_send_keys(messages);
    if (Status done = store(messages.first(count), results); !done) return done;
    messages = messages.subspan(count);
  }
  return {};
}

Status MessageWriter::store(std::span<const PendingEntry> messages,
                            std::vector<Result<Committed>>& results) {
  auto ran = run(messages);
  if (!ran) return ran.error();
  const std::size_t first = results.size();
  for (const PendingEntry& message : messages) {
    const bool is_private = std::holds_alternative<PendingPrivateMessage>(message);
    results.push_back(Error{is_private ? Code::kUnknownUser : Code::kUnknownChannel});
  }
  const pg_result* rows = ran->back().get();
  for (int row = 0; row < PQntuples(rows); ++row) {
    const auto place = static_cast<std::size_t>(read_integer(rows, row, kPlace)) - 1;
    if (read_integer(rows, row, kIsRepeated) != 0) {
      Status done = repeat(rows, row, messages, results);
      if (!done) return done;
      continue;
    }
    if (read_integer(rows, row, kSide) == 0) results[first + place] = Committed{};
    Entry entry = entry_of(messages[place], read_text(rows, row, kName));
    entry.message_id = MessageId{read_integer(rows, row, kId)};
    entry.log = LogId{read_integer(rows, row, kLog)};
    entry.epoch = read_text(rows, row, kEpoch);
    entry.seq = static_cast<Seq>(read_integer(rows, row, kSeq));
    results[first + place]->entries.push_back(std::move(entry));
  }
  return {};
}

Result<std::vector<ResultHandle>> MessageWriter::run(std::span<const PendingEntry> messages) {
  const MessageBatch batch(messages);
  Status queued;
  if (batch.has_private()) queued = make_inboxes_.queue(batch.inboxes());
  if (queued) queued = lock_heads_.queue(batch.logs());
  if (queued) queued = store_.queue(batch.messages());
  auto connected = database_.connection();
  if (!queued) return queued.error();
  if (!connected) return connected.error();
  auto results = (*connected)->run();
  if (!results) {
    for (Prepared* used : {&make_inboxes_, &lock_heads_, &store_}) used->on_failure();
  }
  return results;
}

Status MessageWriter::repeat(const pg_result* rows, int row, std::span<const PendingEntry> messages,
                             std::vector<Result<Committed>>& results) {
  const auto place = static_cast<std::size_t>(read_integer(rows, row, kPlace)) - 1;
  const bool is_private = read_integer(rows, row, kKind) == 2;
  sql::Statement& select = is_private ? select_private_message_ : select_chat_message_;
  std::vector<Entry> entries;
  sql::Rows found = select.query(read_integer(rows, row, kId));
  while (found.next()) entries.push_back(sql::read_entry(found));
  if (!found.status()) return found.status();
  results[results.size() - messages.size() + place] =
      sql::answer_repeat(messages[place], std::move(entries));
  return {};
}

}  // namespace hubbub::postgres
