#include "store/sqlite/database.h"
#include "store/sqlite/migrations.h"

namespace hubbub::sqlite {
namespace {

Result<std::int64_t> number(Database& database, const char* sql) {
  return Statement(database, sql).number();
}

// The newest step that was applied. Errors: the file is not ours.
Result<std::int64_t> applied_version(Database& database) {
  auto known =
      number(database, "SELECT count(*) FROM sqlite_schema WHERE name = 'schema_migrations'");
  if (!known) return known;
  if (*known) return number(database, "SELECT coalesce(max(version), 0) FROM schema_migrations");
  auto foreign = number(database, "SELECT count(*) FROM sqlite_schema");
  if (!foreign || *foreign == 0) return foreign;
  return Error{Code::kUnavailable, "the database " + database.path() +
                                       " belongs to another program: it has tables, "
                                       "but no schema_migrations"};
}

}  // namespace

Status migrate(Database& database, std::span<const Migration> steps) {
  return database.transact([&]() -> Status {
    auto applied = applied_version(database);
    if (!applied) return applied.error();
    Status done = database.execute(
        "CREATE TABLE IF NOT EXISTS schema_migrations("
        "version INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at INTEGER NOT NULL)");
    if (!done) return done;
    return sql::apply_migrations(database, steps, *applied, database.path());
  });
}

}  // namespace hubbub::sqlite
