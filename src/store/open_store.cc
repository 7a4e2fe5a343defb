#include "store/sql/accounts.h"
#include "store/sqlite/migrations.h"
#include "store/sqlite/sqlite_store.h"
#include "store/store.h"

namespace hubbub {

Result<std::unique_ptr<Store>> open_store(const std::string& url) {
  constexpr std::string_view kSqlite = "sqlite:";
  const auto refuse = [](std::string detail) {
    return Error{Code::kUnavailable, std::move(detail)};
  };
  if (url.starts_with("postgresql://") || url.starts_with("postgres://")) {
    return refuse("PostgreSQL is not supported by this build yet");
  }
  if (!url.starts_with(kSqlite)) {
    return refuse("the database URL is neither sqlite:<path> nor postgresql://…");
  }
  const std::string path = url.substr(kSqlite.size());
  // A database in memory would be a different one for each connection, and gone with the process.
  if (path.empty() || path == ":memory:") {
    return refuse("the database URL " + url + " has no path: sqlite:<path>");
  }
  return SqliteStore::open(path);
}

Result<std::unique_ptr<AccountStore>> open_accounts(const std::string& database_url) {
  constexpr std::string_view kScheme = "sqlite:";
  if (!database_url.starts_with(kScheme)) {
    return Error{Code::kUnavailable, "HUBBUB_DATABASE_URL must be sqlite:<path>"};
  }
  auto database = sqlite::Database::open(database_url.substr(kScheme.size()));
  if (!database) return database.error();
  if (const auto migrated = sqlite::migrate(**database); !migrated) return migrated.error();
  return std::unique_ptr<AccountStore>(std::make_unique<sql::Accounts>(std::move(*database)));
}

}  // namespace hubbub
