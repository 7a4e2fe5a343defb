// PostgreSQL's schema (store/sql/migrations.h), all of it in the schema `chatserver`.
#pragma once

#include <span>

#include "store/sql/migrations.h"

namespace hubbub::postgres {

using sql::Migration;

// All that this build knows, ascending.
std::span<const Migration> migrations();

// Brings the schema up to date. REQUIRES: a transaction is open. Another process that does the same
// waits until it ends. An old server's tables are taken over as they stand: its rows are placed by
// adopt() (adoption.h). Errors: kUnavailable: written by a newer version; a step failed.
Status migrate(sql::Database& database, std::span<const Migration> steps = migrations());

}  // namespace hubbub::postgres
