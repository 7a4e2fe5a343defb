// The schema as numbered steps: migrations/NNNN_name.sql of each database, embedded by
// cmake/migrations.cmake. A step that has been released is never edited; the next one mends it.
#pragma once

#include <span>
#include <string>

#include "store/sql/database.h"

namespace hubbub::sql {

struct Migration {
  int version = 0;  // 1, 2, 3 …
  const char* name = "";
  const char* script = "";
};

// Runs the steps beyond `applied`, the newest that was, and notes them in schema_migrations.
// REQUIRES: a transaction is open. `name`: what an operator calls the database.
// Errors: kUnavailable: a newer version of Hubbub wrote it; a step failed.
Status apply_migrations(Database& database, std::span<const Migration> steps, std::int64_t applied,
                        const std::string& name);

}  // namespace hubbub::sql
