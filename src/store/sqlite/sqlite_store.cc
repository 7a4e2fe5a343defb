#include "store/sqlite/sqlite_store.h"

#include "store/sqlite/message_search.h"
#include "store/sqlite/message_writer.h"
#include "store/sqlite/migrations.h"

namespace hubbub {
namespace {

// As many as there are worker threads at most; a connection costs up to 8 MiB of cache.
constexpr std::size_t kReadersMax = 8;

// For another process's lock, `hubbub user` or somebody at sqlite3: so long senders wait to be told
// that nothing can be stored just now.
constexpr std::chrono::milliseconds kCommitPatience{2'000};
// Asked again every quarter of a second anyway.
constexpr std::chrono::milliseconds kProbePatience{0};

sql::ReadPool::Open reads(const std::string& path) {
  return [path]() -> Result<std::unique_ptr<sql::Database>> {
    auto database = sqlite::Database::open(path, sqlite::Database::Mode::kReadOnly);
    if (!database) return database.error();
    return std::unique_ptr<sql::Database>(std::move(*database));
  };
}

}  // namespace

namespace sqlite {

sql::Writer make_writer(Database& database) {
  return {database, [&](sql::LogHeads& heads, sql::ChannelWriter& channels) {
            return std::make_unique<MessageWriter>(database, heads, channels);
          }};
}

}  // namespace sqlite

SqliteStore::SqliteStore(std::unique_ptr<sqlite::Database> database)
    : SqlStore(reads(database->path()), kReadersMax, sqlite::search_messages),
      database_(std::move(database)),
      writer_(sqlite::make_writer(*database_)) {}

Result<std::unique_ptr<Store>> SqliteStore::open(const std::string& path) {
  auto database = sqlite::Database::open(path);
  if (!database) return database.error();
  if (Status migrated = sqlite::migrate(**database); !migrated) return migrated.error();
  std::unique_ptr<SqliteStore> store(new SqliteStore(std::move(*database)));
  const Time now = system_clock().now();
  if (Status seeded = store->writer_.seed(now); !seeded) return seeded.error();
  // Its commit also syncs what a killed server had written and not synced yet: SQLite shows that
  // already, and a repeated key would be acknowledged by it.
  if (Status begun = store->writer_.begin_run(now); !begun) return begun.error();
  store->database_->set_patience(kCommitPatience);
  return std::unique_ptr<Store>(std::move(store));
}

Result<CommitOutcome> SqliteStore::commit(std::span<const PendingEntry> batch) {
  return writer_.commit(batch);
}

Result<Recovered> SqliteStore::recover() {
  database_->set_patience(kProbePatience);
  const Status probed = writer_.probe();
  database_->set_patience(kCommitPatience);
  if (!probed) return probed.error();
  return Recovered();
}

}  // namespace hubbub
