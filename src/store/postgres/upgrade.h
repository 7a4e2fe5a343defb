// A database on its way to what this build needs: schema and adoption in one transaction, and after
// its commit the old server's lists, from which exactly what was read is taken out. A crash between
// the two is harmless: the next start reads the same entries and finds them stored.
#pragma once

#include "store/migrate_store.h"
#include "store/postgres/database.h"

namespace hubbub::postgres {

// REQUIRES: the caller holds the right to write (writer_lock.h), on another connection; `database`
// has no time limit. Errors: kUnavailable with a sentence for the operator; then nothing changed.
Result<MigrationReport> upgrade(Database& database, OldQueues* queues, bool is_dry_run, Time now);

// Tells the log what was taken over.
void log_upgrade(const MigrationReport& report);

}  // namespace hubbub::postgres
