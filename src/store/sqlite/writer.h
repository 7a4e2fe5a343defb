// The one connection that writes, and what it knows: a batch becomes one transaction.
//
// Thread: one at a time.
#pragma once

#include <functional>
#include <span>

#include "store/sqlite/audit_writer.h"
#include "store/sqlite/channel_writer.h"
#include "store/sqlite/directory_reader.h"
#include "store/sqlite/log_heads.h"
#include "store/sqlite/message_writer.h"
#include "store/sqlite/moderation_writer.h"
#include "store/sqlite/people_writer.h"
#include "store/sqlite/removal_writer.h"
#include "store/sqlite/restrictions_reader.h"
#include "store/sqlite/session_writer.h"

namespace hubbub::sqlite {

class Writer {
 public:
  // Borrows: the database. REQUIRES: it is migrated.
  explicit Writer(Database& database);

  // Makes server id, limits and a first channel with a welcome, if this is a new database.
  Status seed(Time now);
  // The server starts: before the first RecordSessions.
  Status begin_run(Time now);

  // As Store has it.
  Result<CommitOutcome> commit(std::span<const PendingEntry> batch);

 private:
  // One batch on its way (writer.cc).
  class Batch;

  // Runs `body` in a transaction, on knowledge that is up to date; none survives a failure.
  Status transact(const std::function<Status()>& body);
  void forget();

  Database& database_;
  LogHeads heads_;
  ChannelWriter channels_;
  MessageWriter messages_;
  RemovalWriter removals_;
  PeopleWriter people_;
  ModerationWriter moderation_;
  SessionWriter sessions_;
  AuditWriter audit_;
  DirectoryReader directory_;
  RestrictionsReader restrictions_;
  Statement data_version_;
  std::int64_t known_data_version_ = -1;
};

}  // namespace hubbub::sqlite
