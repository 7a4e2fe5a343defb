#include "base/check.h"
#include "store/sqlite/database.h"
#include "store/sqlite/migrations.h"

namespace hubbub::sqlite {
namespace {

Result<std::int64_t> number(Database& database, const char* sql) {
  Statement statement(database, sql);
  Rows rows = statement.query();
  if (!rows.next()) return rows.status() ? Error{Code::kUnavailable, sql} : rows.status().error();
  return rows.integer(0);
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

Status apply(Database& database, const Migration& step) {
  Status done = database.execute(step.script);
  if (!done) {
    return Error{Code::kUnavailable, "migration " + std::to_string(step.version) + " (" +
                                         step.name + ") failed: " + done.error().detail};
  }
  Statement note(database,
                 "INSERT INTO schema_migrations(version, name, applied_at) VALUES (?1, ?2, ?3)");
  return note.run(step.version, step.name, system_clock().now());
}

}  // namespace

Status migrate(Database& database, std::span<const Migration> steps) {
  int last = 0;
  for (const Migration& step : steps) HUBBUB_CHECK(step.version == ++last);

  return database.transact([&]() -> Status {
    auto applied = applied_version(database);
    if (!applied) return applied.error();
    if (*applied > last) {
      return Error{Code::kUnavailable, "the database " + database.path() +
                                           " was written by a newer version of Hubbub "
                                           "(schema " +
                                           std::to_string(*applied) + ", this one knows " +
                                           std::to_string(last) +
                                           "): start that version, or restore an older backup"};
    }
    Status done = database.execute(
        "CREATE TABLE IF NOT EXISTS schema_migrations("
        "version INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at INTEGER NOT NULL)");
    for (const Migration& step : steps) {
      if (done && step.version > *applied) done = apply(database, step);
    }
    return done;
  });
}

}  // namespace hubbub::sqlite
