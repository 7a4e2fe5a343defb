// The one connection that writes, and what it knows: a batch becomes one transaction.
//
// Thread: one at a time.
#pragma once

#include <functional>
#include <span>

#include "store/sqlite/channel_writer.h"
#include "store/sqlite/directory_reader.h"
#include "store/sqlite/log_heads.h"
#include "store/sqlite/message_writer.h"

namespace hubbub::sqlite {

class Writer {
 public:
  // Borrows: the database. REQUIRES: it is migrated.
  explicit Writer(Database& database);

  // Makes server id, limits and a first channel with a welcome, if this is a new database.
  Status seed(Time now);

  // As Store has it.
  Result<CommitOutcome> commit(std::span<const PendingEntry> batch);

 private:
  // Status of the transaction; what concerns one entry only goes to the outcome.
  Status store(std::span<const PendingEntry> batch, CommitOutcome& outcome);
  Result<Committed> store(const PendingEntry& entry);
  Status remember(const RememberUser& user);
  // Runs `body` in a transaction, on knowledge that is up to date; none survives a failure.
  Status transact(const std::function<Status()>& body);
  void forget();

  Database& database_;
  LogHeads heads_;
  ChannelWriter channels_;
  MessageWriter messages_;
  DirectoryReader directory_;
  Statement data_version_;
  Statement upsert_user_;
  std::int64_t known_data_version_ = -1;
};

}  // namespace hubbub::sqlite
