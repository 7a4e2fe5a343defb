// Private messages that the old server stored, into the inboxes of both, in the order of ids.
//
// Thread: its database's. REQUIRES: a transaction is open; the heads are flushed before its end.
#pragma once

#include <unordered_map>

#include "store/postgres/bulk_statement.h"
#include "store/sql/log_heads.h"

namespace hubbub::postgres {

class PrivateMessagePlacement {
 public:
  // Borrows: both.
  PrivateMessagePlacement(Database& database, sql::LogHeads& heads);

  // All that have no place.
  Status place_all();

  [[nodiscard]] std::int64_t message_count() const { return message_count_; }

 private:
  // One page behind the id. The last id of it, or 0 at the end.
  Result<std::int64_t> place_page(std::int64_t after);
  // The next place in someone's inbox.
  struct Place {
    LogId log;
    Seq seq = 0;
  };
  Result<Place> take_next(const std::string& owner);

  sql::LogHeads& heads_;
  sql::Statement select_page_;
  BulkStatement write_page_;
  std::unordered_map<std::string, LogId> inboxes_;
  std::int64_t message_count_ = 0;
};

}  // namespace hubbub::postgres
