// Changes of the channels and the limits, inside the writer's transaction.
//
// Thread: its writer's. A refusal (kUnknownChannel, kConflict) has written nothing; kUnavailable
// ends the transaction.
#pragma once

#include <unordered_map>

#include "store/sqlite/log_heads.h"
#include "store/store.h"

namespace hubbub::sqlite {

class ChannelWriter {
 public:
  struct LiveChannel {
    LogId log;
    std::string name;
  };

  // Borrows: both.
  ChannelWriter(Database& database, LogHeads& heads);

  // Null when there is no such channel, or no longer. Borrows: until the next change.
  Result<const LiveChannel*> find(ChannelId id);

  Result<ChannelId> create(const CreateChannel& change);
  Status update(const UpdateChannel& change);
  Status reorder(const ReorderChannel& change);
  Status remove(const DeleteChannel& change);
  Status set_limits(const UpdateLimits& change);

  void forget() { is_loaded_ = false; }

 private:
  Status load();
  // Errors: kUnknownChannel.
  Result<LogId> find_log(ChannelId id);
  // Errors: kConflict when a channel other than `except` has the name.
  Status require_free(const std::string& name, ChannelId except);
  Status purge(ChannelId id, LogId log);
  Result<std::vector<ChannelId>> order();
  // Gives the channels the sort orders 1..n.
  Status renumber(const std::vector<ChannelId>& order);

  Database& database_;
  LogHeads& heads_;
  Statement select_channels_;
  Statement insert_channel_;
  Statement update_channel_;
  Statement update_order_;
  Statement archive_channel_;
  Statement update_limits_;
  std::unordered_map<ChannelId, LiveChannel> channels_;
  bool is_loaded_ = false;
};

}  // namespace hubbub::sqlite
