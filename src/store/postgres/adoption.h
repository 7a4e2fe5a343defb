// Takes over what an old server left in the database and in its lists, at every start: the first
// time all of it, later what it changed when the operator went back to it for a while. With nothing
// to take it costs a dozen short queries.
//
// Nothing changes its id, and nothing that the old server reads loses its meaning: it can run again
// on what comes of it. Numbers of new messages (id, and cache_id with it) begin beyond all that
// were ever given out, those in its counters too.
//
// Thread: its database's.
#pragma once

#include <optional>

#include "store/migrate_store.h"
#include "store/postgres/old_entries_intake.h"

namespace hubbub::postgres {

// Both lists, as they stood a moment ago.
using OldLists = std::vector<OldList>;

// `report`: is_first is the caller's, the rest is filled in. REQUIRES: a transaction is open, and
// the schema is up to date.
Status adopt(Database& database, const OldLists& lists, Time now, AdoptionReport& report);

// The highest number in the database, to which the old server's counters must be raised before it
// runs again.
Result<std::int64_t> highest_cache_id(Database& database, OldQueue queue);

}  // namespace hubbub::postgres
