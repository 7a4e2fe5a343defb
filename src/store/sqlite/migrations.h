// SQLite's schema (store/sql/migrations.h).
#pragma once

#include <span>

#include "store/sql/migrations.h"

namespace hubbub::sqlite {

using sql::Migration;

class Database;

// All that this build knows, ascending.
std::span<const Migration> migrations();

// Brings the schema up to date, in one transaction under the database's write lock: another process
// that opens the same file waits, and then finds it done. Known steps are noted in
// schema_migrations. Errors: kUnavailable: written by a newer version; another program's database;
// a step failed.
Status migrate(Database& database, std::span<const Migration> steps = migrations());

}  // namespace hubbub::sqlite
