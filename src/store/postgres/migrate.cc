#include "store/postgres/migrations.h"

namespace hubbub::postgres {

Status migrate(sql::Database& database, std::span<const Migration> steps) {
  // An advisory lock of this database; the number is Hubbub's own ("HubM").
  auto locked =
      sql::Statement(database, "SELECT 1 FROM (SELECT pg_advisory_xact_lock(1215652429)) l")
          .number();
  if (!locked) return locked.error();
  // CREATE SCHEMA asks for a right that its owner may not have given us, even where it is there.
  auto missing = sql::Statement(database, "SELECT to_regnamespace('chatserver') IS NULL").number();
  if (!missing) return missing.error();
  if (*missing) {
    if (Status made = database.execute("CREATE SCHEMA chatserver"); !made) return made;
  }
  Status done = database.execute(
      "CREATE TABLE IF NOT EXISTS schema_migrations("
      "version int PRIMARY KEY, name text NOT NULL, applied_at timestamp NOT NULL)");
  if (!done) return done;
  auto applied =
      sql::Statement(database, "SELECT coalesce(max(version), 0) FROM schema_migrations").number();
  if (!applied) return applied.error();
  return sql::apply_migrations(database, steps, *applied, "in PostgreSQL");
}

}  // namespace hubbub::postgres
