#include "store/sqlite/sqlite_store.h"

#include "store/sqlite/migrations.h"

namespace hubbub {
namespace {

// As many as there are worker threads at most; a connection costs up to 8 MiB of cache.
constexpr std::size_t kReadersMax = 8;

}  // namespace

SqliteStore::SqliteStore(std::unique_ptr<sqlite::Database> database)
    : database_(std::move(database)),
      writer_(*database_),
      readers_(database_->path(), kReadersMax) {}

Result<std::unique_ptr<Store>> SqliteStore::open(const std::string& path) {
  auto database = sqlite::Database::open(path);
  if (!database) return database.error();
  if (Status migrated = sqlite::migrate(**database); !migrated) return migrated.error();
  std::unique_ptr<SqliteStore> store(new SqliteStore(std::move(*database)));
  const Time now = system_clock().now();
  if (Status seeded = store->writer_.seed(now); !seeded) return seeded.error();
  if (Status begun = store->writer_.begin_run(now); !begun) return begun.error();
  return std::unique_ptr<Store>(std::move(store));
}

Result<CommitOutcome> SqliteStore::commit(std::span<const PendingEntry> batch) {
  return writer_.commit(batch);
}

Result<Directory> SqliteStore::directory() {
  return readers_.read([](sqlite::Reader& reader) { return reader.directory(); });
}

Result<Restrictions> SqliteStore::restrictions() {
  return readers_.read([](sqlite::Reader& reader) { return reader.restrictions(); });
}

Result<std::string> SqliteStore::server_id() {
  return readers_.read([](sqlite::Reader& reader) { return reader.server_id(); });
}

Result<std::optional<KnownUser>> SqliteStore::find_user(const UserId& id) {
  return readers_.read([&](sqlite::Reader& reader) { return reader.find_user(id); });
}

Result<LogPage> SqliteStore::read_after(LogId log, Seq after, std::size_t count) {
  return readers_.read(
      [&](sqlite::Reader& reader) { return reader.read_after(log, after, count); });
}

Result<LogPage> SqliteStore::read_before(LogId log, Seq before, std::size_t count) {
  return readers_.read(
      [&](sqlite::Reader& reader) { return reader.read_before(log, before, count); });
}

Result<std::vector<Entry>> SqliteStore::recent_messages(std::size_t count) {
  return readers_.read([&](sqlite::Reader& reader) { return reader.recent_messages(count); });
}

Result<MessageSearchPage> SqliteStore::search(const MessageSearch& search) {
  return readers_.read([&](sqlite::Reader& reader) { return reader.search(search); });
}

Status SqliteStore::ping() {
  auto answer = server_id();
  if (!answer) return answer.error();
  return {};
}

}  // namespace hubbub
