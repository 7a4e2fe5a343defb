#include <filesystem>

#include "store/migrate_store.h"
#include "store/postgres/migrations.h"
#include "store/postgres/postgres_store.h"
#include "store/postgres/url.h"
#include "store/sql/accounts.h"
#include "store/sqlite/migrations.h"
#include "store/sqlite/sqlite_store.h"
#include "store/store.h"

namespace hubbub {
namespace {

constexpr std::string_view kSqlite = "sqlite:";

Error refuse(std::string detail) { return Error{Code::kUnavailable, std::move(detail)}; }

// The path of an SQLite database.
Result<std::string> path_of(const std::string& url) {
  if (!url.starts_with(kSqlite)) {
    return refuse("the database URL is neither sqlite:<path> nor postgresql://…");
  }
  const std::string path = url.substr(kSqlite.size());
  // A database in memory would be a different one for each connection, and gone with the process.
  if (path.empty() || path == ":memory:") {
    return refuse("the database URL " + url + " has no path: sqlite:<path>");
  }
  return path;
}

Result<std::unique_ptr<sql::Database>> open_postgres(const std::string& url) {
  auto checked = postgres::checked_url(url);
  if (!checked) return checked.error();
  auto database = std::make_unique<postgres::Database>(*checked);
  Status migrated = database->transact([&] { return postgres::migrate(*database); });
  if (!migrated) return migrated.error();
  return std::unique_ptr<sql::Database>(std::move(database));
}

Result<std::unique_ptr<sql::Database>> open_sqlite(const std::string& url) {
  auto path = path_of(url);
  if (!path) return path.error();
  auto database = sqlite::Database::open(*path);
  if (!database) return database.error();
  if (Status migrated = sqlite::migrate(**database); !migrated) return migrated.error();
  return std::unique_ptr<sql::Database>(std::move(*database));
}

// 0: there is no database yet, or none of ours.
Result<std::int64_t> schema_version(const std::string& path) {
  if (!std::filesystem::exists(path)) return std::int64_t{0};
  auto database = sqlite::Database::open(path, sqlite::Database::Mode::kReadOnly);
  if (!database) return database.error();
  auto is_there = sql::Statement(**database,
                                 "SELECT count(*) FROM sqlite_schema"
                                 " WHERE name = 'schema_migrations'")
                      .number();
  if (!is_there || *is_there == 0) return is_there;
  return sql::Statement(**database, "SELECT coalesce(max(version), 0) FROM schema_migrations")
      .number();
}

Result<MigrationReport> migrate_sqlite(const std::string& url, bool is_dry_run) {
  auto path = path_of(url);
  if (!path) return path.error();
  auto before = schema_version(*path);
  if (!before) return before.error();
  if (!is_dry_run) {
    if (auto opened = open_sqlite(url); !opened) return opened.error();
  }
  MigrationReport report;
  for (const auto& step : sqlite::migrations()) {
    report.schema = step.version;
    if (step.version > *before) report.steps.emplace_back(step.name);
  }
  return report;
}

}  // namespace

Result<std::unique_ptr<Store>> open_store(const std::string& url, OldQueues* queues) {
  if (postgres::is_postgres(url)) {
    auto checked = postgres::checked_url(url);
    if (!checked) return checked.error();
    return PostgresStore::open(*checked, queues);
  }
  auto path = path_of(url);
  if (!path) return path.error();
  return SqliteStore::open(*path);
}

Result<MigrationReport> migrate_store(const std::string& url, OldQueues* queues, bool is_dry_run) {
  if (!postgres::is_postgres(url)) return migrate_sqlite(url, is_dry_run);
  auto checked = postgres::checked_url(url);
  if (!checked) return checked.error();
  return PostgresStore::migrate(*checked, queues, is_dry_run);
}

Result<std::unique_ptr<AccountStore>> open_accounts(const std::string& database_url) {
  auto database =
      postgres::is_postgres(database_url) ? open_postgres(database_url) : open_sqlite(database_url);
  if (!database) return database.error();
  return std::unique_ptr<AccountStore>(std::make_unique<sql::Accounts>(std::move(*database)));
}

}  // namespace hubbub
