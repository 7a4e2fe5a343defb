#include "store/sql/migrations.h"

#include "base/check.h"

namespace hubbub::sql {
namespace {

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

Status apply_migrations(Database& database, std::span<const Migration> steps, std::int64_t applied,
                        const std::string& name) {
  int last = 0;
  for (const Migration& step : steps) HUBBUB_CHECK(step.version == ++last);
  if (applied > last) {
    return Error{Code::kUnavailable,
                 "the database " + name + " was written by a newer version of Hubbub (schema " +
                     std::to_string(applied) + ", this one knows " + std::to_string(last) +
                     "): start that version, or restore an older backup"};
  }
  for (const Migration& step : steps) {
    if (step.version <= applied) continue;
    if (Status done = apply(database, step); !done) return done;
  }
  return {};
}

}  // namespace hubbub::sql
