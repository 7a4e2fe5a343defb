// The Store in one SQLite file: one connection that writes, a few that read beside it.
#pragma once

#include "store/sqlite/read_pool.h"
#include "store/sqlite/sqlite_records.h"
#include "store/sqlite/writer.h"
#include "store/store.h"

namespace hubbub {

class SqliteStore final : public Store {
 public:
  // Makes the file when missing, migrates and seeds it.
  // Errors: kUnavailable with a sentence for the operator.
  static Result<std::unique_ptr<Store>> open(const std::string& path);

  Result<CommitOutcome> commit(std::span<const PendingEntry> batch) override;
  Result<Directory> directory() override;
  Result<Restrictions> restrictions() override;
  Records& records() override { return records_; }
  Result<std::string> server_id() override;
  Result<std::optional<KnownUser>> find_user(const UserId& id) override;
  Result<LogPage> read_after(LogId log, Seq after, std::size_t count) override;
  Result<LogPage> read_before(LogId log, Seq before, std::size_t count) override;
  Result<std::vector<Entry>> recent_messages(std::size_t count) override;
  Result<MessageSearchPage> search(const MessageSearch& search) override;
  Status ping() override;

 private:
  explicit SqliteStore(std::unique_ptr<sqlite::Database> database);

  const std::unique_ptr<sqlite::Database> database_;
  sqlite::Writer writer_;  // the committing thread's
  sqlite::ReadPool readers_;
  sqlite::SqliteRecords records_{readers_};
};

}  // namespace hubbub
