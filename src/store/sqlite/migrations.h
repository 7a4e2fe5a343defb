// The schema as numbered steps: migrations/NNNN_name.sql, embedded by cmake/migrations.cmake.
// A step that has been released is never edited; the next one mends it.
#pragma once

#include <span>

#include "base/error.h"

namespace hubbub::sqlite {

class Database;

struct Migration {
  int version = 0;  // 1, 2, 3 …
  const char* name = "";
  const char* script = "";
};

// All that this build knows, ascending.
std::span<const Migration> migrations();

// Brings the schema up to date, in one transaction under the database's write lock: another process
// that opens the same file waits, and then finds it done. Known steps are noted in
// schema_migrations. Errors: kUnavailable: written by a newer version; another program's database;
// a step failed.
Status migrate(Database& database, std::span<const Migration> steps = migrations());

}  // namespace hubbub::sqlite
