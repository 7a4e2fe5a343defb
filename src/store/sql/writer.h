// The one connection that writes, and what it knows: a batch becomes one transaction.
//
// Thread: one at a time.
#pragma once

#include <functional>
#include <memory>
#include <span>

#include "store/sql/audit_writer.h"
#include "store/sql/channel_writer.h"
#include "store/sql/directory_reader.h"
#include "store/sql/log_heads.h"
#include "store/sql/message_writer.h"
#include "store/sql/moderation_writer.h"
#include "store/sql/people_writer.h"
#include "store/sql/removal_writer.h"
#include "store/sql/restrictions_reader.h"
#include "store/sql/session_writer.h"

namespace hubbub::sql {

class Writer {
 public:
  using MakeMessageWriter =
      std::function<std::unique_ptr<MessageWriter>(LogHeads& heads, ChannelWriter& channels)>;

  // Borrows: the database. REQUIRES: it is migrated.
  Writer(Database& database, const MakeMessageWriter& make_message_writer);

  // Makes server id, limits and a first channel with a welcome, if this is a new database.
  Status seed(Time now);
  // The server starts: before the first RecordSessions.
  Status begin_run(Time now);

  // As Store has it.
  Result<CommitOutcome> commit(std::span<const PendingEntry> batch);
  // Writes something that changes nothing, and commits it. Errors: kUnavailable: nothing can be
  // written just now.
  Status probe();

 private:
  // One batch on its way (writer.cc).
  class Batch;

  // Runs `body` in a transaction, on knowledge that is up to date; none survives a failure.
  Status transact(const std::function<Status()>& body);
  void forget();

  Database& database_;
  LogHeads heads_;
  ChannelWriter channels_;
  const std::unique_ptr<MessageWriter> messages_;
  RemovalWriter removals_;
  PeopleWriter people_;
  ModerationWriter moderation_;
  SessionWriter sessions_;
  AuditWriter audit_;
  DirectoryReader directory_;
  RestrictionsReader restrictions_;
  Statement negate_limit_;
  std::int64_t known_version_ = -1;
};

}  // namespace hubbub::sql
