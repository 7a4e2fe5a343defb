// Blanks messages of channels and tells their logs so, inside the writer's transaction.
//
// Thread: its writer's. A refusal has written nothing; kUnavailable ends the transaction.
#pragma once

#include "store/sql/act.h"
#include "store/sql/log_heads.h"

namespace hubbub::sql {

class RemovalWriter {
 public:
  // Borrows: both.
  RemovalWriter(Database& database, LogHeads& heads);

  // As RemoveMessages has it.
  Result<Act> remove(const RemoveMessages& removal);

 private:
  struct Message {
    MessageId id;
    ChannelId channel;
    std::string channel_name;
    LogId log;
    Seq seq = 0;
    Author author;
    Role audience = Role::kMember;
  };
  // Nothing when it is not there, or removed.
  Result<std::optional<Message>> find(MessageId id);
  // The entry that tells of it.
  Result<Entry> blank(const Message& message, Time at);

  LogHeads& heads_;
  Statement select_message_;
  Statement blank_message_;
};

}  // namespace hubbub::sql
