#include "store/postgres/postgres_store.h"

#include <algorithm>

#include "base/log_line.h"
#include "store/postgres/message_search.h"
#include "store/postgres/message_writer.h"
#include "store/postgres/upgrade.h"
#include "store/postgres/writer_lock.h"
#include "store/sql/entry_row.h"

namespace hubbub {
namespace {

// As many as there are worker threads at most; a connection is a process of the server's.
constexpr std::size_t kReadersMax = 8;
// A commit that takes longer is given up: those who wait for it hear of it. Connecting is tried
// again and again meanwhile, and who sends waits for each try.
constexpr postgres::TimeLimits kWriterLimits{std::chrono::seconds(3), std::chrono::seconds(5)};
constexpr postgres::TimeLimits kPingLimits{std::chrono::seconds(1), std::chrono::seconds(1)};
constexpr postgres::TimeLimits kMigrationLimits{std::chrono::seconds(5), std::chrono::seconds(0)};

sql::ReadPool::Open reads(const std::string& url) {
  return [url]() -> Result<std::unique_ptr<sql::Database>> {
    return std::unique_ptr<sql::Database>(std::make_unique<postgres::Database>(url));
  };
}

postgres::Database::OnConnect takes_lock() {
  const auto lock = std::make_shared<postgres::WriterLock>();
  return [lock](postgres::Connection& connection) { return lock->take(connection); };
}

Status warn_if_not_durable(sql::Database& database) {
  auto unsafe = sql::Statement(database,
                               "SELECT current_setting('fsync') <> 'on'"
                               " OR current_setting('full_page_writes') <> 'on'")
                    .number();
  if (!unsafe) return unsafe.error();
  if (*unsafe) {
    LogLine(Level::kWarning, "database_is_not_durable")
        .with("reason", "PostgreSQL runs with fsync or full_page_writes off");
  }
  return {};
}

}  // namespace

PostgresStore::PostgresStore(const std::string& url)
    : SqlStore(reads(url), kReadersMax, postgres::search_messages),
      database_(url, kWriterLimits, takes_lock()),
      writer_(database_,
              [this](sql::LogHeads& heads, sql::ChannelWriter&) {
                return std::make_unique<postgres::MessageWriter>(database_, heads);
              }),
      ping_database_(url, kPingLimits) {}

Result<std::unique_ptr<Store>> PostgresStore::open(const std::string& url, OldQueues* queues) {
  std::unique_ptr<PostgresStore> store(new PostgresStore(url));
  // First of all the lock: nothing is changed below a server that runs.
  if (auto locked = store->database_.connection(); !locked) return locked.error();
  postgres::Database migrating(url, kMigrationLimits);
  auto upgraded = postgres::upgrade(migrating, queues, false, system_clock().now());
  if (!upgraded) return upgraded.error();
  postgres::log_upgrade(*upgraded);
  if (Status begun = store->begin(); !begun) return begun.error();
  return std::unique_ptr<Store>(std::move(store));
}

Result<MigrationReport> PostgresStore::migrate(const std::string& url, OldQueues* queues,
                                               bool is_dry_run) {
  postgres::Database locked(url, kWriterLimits, takes_lock());
  if (auto held = locked.connection(); !held) return held.error();
  postgres::Database migrating(url, kMigrationLimits);
  return postgres::upgrade(migrating, queues, is_dry_run, system_clock().now());
}

Status PostgresStore::begin() {
  const Time now = system_clock().now();
  if (Status safe = warn_if_not_durable(database_); !safe) return safe;
  if (Status seeded = writer_.seed(now); !seeded) return seeded;
  if (Status begun = writer_.begin_run(now); !begun) return begun;
  auto newest = newest_messages();
  if (!newest) return newest.error();
  newest_ = *newest;
  return {};
}

Result<CommitOutcome> PostgresStore::commit(std::span<const PendingEntry> batch) {
  if (is_uncertain_) {
    return Error{Code::kUnavailable, "it is not known yet what became of an earlier commit"};
  }
  auto outcome = writer_.commit(batch);
  if (outcome) {
    note(*outcome);
    return outcome;
  }
  if (outcome.error().code == Code::kUnavailable) {
    is_uncertain_ = true;
    for (const PendingEntry& entry : batch) {
      if (const auto* removal = std::get_if<RemoveMessages>(&entry)) {
        uncertain_removals_.insert(uncertain_removals_.end(), removal->ids.begin(),
                                   removal->ids.end());
      }
    }
  }
  return outcome;
}

Status PostgresStore::ping() {
  std::lock_guard lock(ping_mutex_);
  return sql::Statement(ping_database_, "SELECT 1").run();
}

void PostgresStore::note(const CommitOutcome& outcome) {
  for (const auto& result : outcome.results) {
    if (!result) continue;
    for (const Entry& entry : result->entries) note(entry);
  }
}

void PostgresStore::note(const Entry& entry) {
  MessageId& newest = entry.kind == EntryKind::kPrivateMessage ? newest_.inbox : newest_.chat;
  newest = std::max(newest, entry.message_id);
}

Result<Recovered> PostgresStore::recover() {
  Recovered recovered;
  if (!is_uncertain_) return recovered;
  // A new connection, and so the lock: until then the lost one may still be at work.
  database_.disconnect();
  Status done = database_.read_at_once([&]() -> Status {
    if (Status read = read_newer(recovered.entries); !read) return read;
    return read_removals(recovered.entries);
  });
  if (!done) return done.error();
  std::ranges::sort(recovered.entries, {},
                    [](const Entry& entry) { return std::pair(entry.log, entry.seq); });
  auto now_there = directory();
  if (!now_there) return now_there.error();
  recovered.directory = std::move(*now_there);
  auto held = restrictions();
  if (!held) return held.error();
  recovered.restrictions = std::move(*held);

  for (const Entry& entry : recovered.entries) note(entry);
  is_uncertain_ = false;
  uncertain_removals_.clear();
  return recovered;
}

Status PostgresStore::read_newer(std::vector<Entry>& entries) {
  const auto& words = database_.dialect();
  Status done = read(sql::chat_message_columns(words) +
                         "FROM chat_messages m JOIN all_channels c ON c.id = m.channel_id"
                         " JOIN logs l ON l.id = c.log_id WHERE m.id > ?1 AND m.seq IS NOT NULL",
                     newest_.chat.value, entries);
  if (!done) return done;
  return read(sql::select_private_messages(words, "p.id > ?1 AND p.sender_seq IS NOT NULL"),
              newest_.inbox.value, entries);
}

Status PostgresStore::read_removals(std::vector<Entry>& entries) {
  for (const MessageId id : uncertain_removals_) {
    Status done = read(sql::select_log_entries(database_.dialect()) +
                           "WHERE e.kind = 3 AND e.message_id = ?1 AND l.id = (SELECT c.log_id"
                           " FROM chat_messages r JOIN all_channels c ON c.id = r.channel_id"
                           " WHERE r.id = ?1)",
                       id.value, entries);
    if (!done) return done;
  }
  return {};
}

Status PostgresStore::read(const std::string& sql, std::int64_t value,
                           std::vector<Entry>& entries) {
  sql::Statement select(database_, sql);
  sql::Rows rows = select.query(value);
  while (rows.next()) entries.push_back(sql::read_entry(rows));
  return rows.status();
}

}  // namespace hubbub
