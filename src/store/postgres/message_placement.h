// Messages that the old server stored, into their logs: each gets its seq behind what is there, in
// the order of ids, and the words by which the search finds it.
//
// Thread: its database's. REQUIRES: a transaction is open; the heads are flushed before its end.
#pragma once

#include <unordered_map>

#include "store/postgres/bulk_statement.h"
#include "store/sql/log_heads.h"

namespace hubbub::postgres {

class MessagePlacement {
 public:
  // Borrows: both.
  MessagePlacement(Database& database, sql::LogHeads& heads);

  // All that have no place. `now`: when a channel that is missing was archived.
  Status place_all(Time now);

  [[nodiscard]] std::int64_t message_count() const { return message_count_; }
  // Channels that were made, in the archive, for messages of channels that are gone.
  [[nodiscard]] const std::vector<std::string>& archived() const { return archived_; }

 private:
  struct Place {
    ChannelId channel;
    LogId log;
  };
  Status load_channels();
  Result<Place> find(const std::string& channel, Time now);
  Result<Place> archive(const std::string& channel, Time now);
  // One page behind the id. The last id of it, or 0 at the end.
  Result<std::int64_t> place_page(std::int64_t after, Time now);

  Database& database_;
  sql::LogHeads& heads_;
  sql::Statement select_page_;
  BulkStatement write_page_;
  std::unordered_map<std::string, Place> channels_;
  std::vector<std::string> archived_;
  std::int64_t message_count_ = 0;
};

}  // namespace hubbub::postgres
