// Stores who was here when, and when they were last seen, inside the writer's transaction. Thread:
// its writer's.
#pragma once

#include "store/pending_entry.h"
#include "store/sql/database.h"

namespace hubbub::sql {

class SessionWriter {
 public:
  // Borrows: the database.
  explicit SessionWriter(Database& database);

  // A start of the server: ends what the one before left open, when it was last known to be alive.
  // REQUIRES: no other server writes to this database; set_run() once this is committed.
  Result<std::int64_t> begin_run(Time now);
  void set_run(std::int64_t run) { run_ = run; }

  // The same session may be recorded again: the first end counts. REQUIRES: set_run().
  Status record(const RecordSessions& sessions);

 private:
  Statement end_open_sessions_;
  Statement see_open_;
  Statement insert_run_;
  Statement update_alive_;
  Statement upsert_session_;
  Statement see_;
  Statement upsert_peak_;
  std::int64_t run_ = 0;
};

}  // namespace hubbub::sql
