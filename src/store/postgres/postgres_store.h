// The Store in PostgreSQL: one connection that writes, a few that read beside it.
//
// One server at a time writes to a database: the connection that writes holds an advisory lock,
// which ends with it. Whoever has the lock knows that nothing more comes of what an earlier
// connection was asked: that is what recover() stands on.
#pragma once

#include <mutex>

#include "store/migrate_store.h"
#include "store/postgres/database.h"
#include "store/sql/sql_store.h"
#include "store/sql/writer.h"

namespace hubbub {

class PostgresStore final : public sql::SqlStore {
 public:
  // `url`: postgresql://…, as libpq takes it. Migrates and seeds it, and takes over what an old
  // server left in it. Errors: kUnavailable with a sentence for the operator.
  static Result<std::unique_ptr<Store>> open(const std::string& url, OldQueues* queues);
  // As migrate_store() has it.
  static Result<MigrationReport> migrate(const std::string& url, OldQueues* queues,
                                         bool is_dry_run);

  Result<CommitOutcome> commit(std::span<const PendingEntry> batch) override;
  Result<Recovered> recover() override;
  Status ping() override;

 private:
  explicit PostgresStore(const std::string& url);

  Status begin();
  void note(const CommitOutcome& outcome);
  void note(const Entry& entry);
  Status read_newer(std::vector<Entry>& entries);
  Status read_removals(std::vector<Entry>& entries);
  Status read(const std::string& sql, std::int64_t value, std::vector<Entry>& entries);

  postgres::Database database_;
  sql::Writer writer_;     // the committing thread's
  NewestMessages newest_;  // whose commit is known to have been answered
  bool is_uncertain_ = false;
  std::vector<MessageId> uncertain_removals_;

  // Whoever asks whether the database answers does not wait as long as a reader would.
  std::mutex ping_mutex_;
  postgres::Database ping_database_;  // guarded by ping_mutex_
};

}  // namespace hubbub
