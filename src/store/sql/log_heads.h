// The ends of the logs as the open transaction will leave them: the one place where seq is
// assigned.
//
// Thread: its writer's. Kept from one transaction to the next; forget() when one failed, or when
// another connection wrote.
#pragma once

#include <unordered_map>

#include "store/sql/database.h"
#include "store/sql/entry_row.h"

namespace hubbub::sql {

class LogHeads {
 public:
  explicit LogHeads(Database& database);

  // A new log. `owner`: the inbox's user.
  Result<LogId> make(LogKind kind, const std::optional<UserId>& owner);
  Result<LogId> find_or_make_inbox(const UserId& user);

  // The position of the log's next entry, taken. REQUIRES: record() follows in the same
  // transaction.
  Result<Position> take_next(LogId log);
  // What stands at a position taken.
  // `removed_seq`: kRemoval, the place of the removed message.
  Status record(LogId log, Seq seq, EntryKind kind, MessageId message,
                std::optional<Seq> removed_seq = {});

  // Writes the heads that moved. REQUIRES: called before the commit.
  Status flush();
  void forget();

 private:
  struct Head {
    std::string epoch;
    Seq seq = 0;
  };
  Result<Head*> load(LogId log);

  Statement insert_log_;
  Statement select_inbox_;
  Statement select_head_;
  Statement insert_entry_;
  Statement update_head_;
  std::unordered_map<LogId, Head> heads_;
  std::vector<LogId> moved_;
};

}  // namespace hubbub::sql
