// The Store in one SQLite file.
#pragma once

#include "store/sql/sql_store.h"
#include "store/sql/writer.h"
#include "store/sqlite/database.h"

namespace hubbub {

class SqliteStore final : public sql::SqlStore {
 public:
  // Makes the file when missing, migrates and seeds it.
  // Errors: kUnavailable with a sentence for the operator.
  static Result<std::unique_ptr<Store>> open(const std::string& path);

  Result<CommitOutcome> commit(std::span<const PendingEntry> batch) override;
  // A commit that fails is rolled back, or is in the file and is told with the next page of its
  // log; so nothing is left to publish. Asks the disk whether it can be written to again.
  Result<Recovered> recover() override;

 private:
  explicit SqliteStore(std::unique_ptr<sqlite::Database> database);

  const std::unique_ptr<sqlite::Database> database_;
  sql::Writer writer_;  // the committing thread's
};

namespace sqlite {

// One that stores its messages one by one. Borrows: the database.
sql::Writer make_writer(Database& database);

}  // namespace sqlite
}  // namespace hubbub
