// Changes of the channels and the limits, inside the writer's transaction.
//
// Thread: its writer's. A refusal (kUnknownChannel, kConflict) has written nothing; kUnavailable
// ends the transaction.
#pragma once

#include <unordered_map>

#include "store/sql/act.h"
#include "store/sql/log_heads.h"
#include "store/store.h"

namespace hubbub::sql {

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

  Result<Act> create(const CreateChannel& change);
  Result<Act> update(const UpdateChannel& change);
  Result<Act> reorder(const ReorderChannel& change);
  Result<Act> remove(const DeleteChannel& change);
  Result<Act> restore(const RestoreChannel& change);
  Result<Act> set_limits(const UpdateLimits& change);

  void forget() { is_loaded_ = false; }

 private:
  struct StoredChannel {
    LogId log;
    std::string name;
    std::optional<std::string> description;
    ChannelRules rules;
    bool is_archived = false;
    bool operator==(const StoredChannel&) const = default;
  };

  Status load();
  // Errors: kUnknownChannel.
  Result<StoredChannel> read(ChannelId id);
  Result<StoredChannel> read_live(ChannelId id);
  // Errors: kConflict when a channel other than `except` has the name.
  Status require_free(const std::string& name, ChannelId except);
  // What of `channel` is not as in `other`, as the audit log tells it.
  static std::string difference(const StoredChannel& channel, const StoredChannel& other);
  static Act changed(std::string action, const StoredChannel& channel, std::string before,
                     std::string after);

  Result<Act> archive(const DeleteChannel& change, const StoredChannel& channel);
  Result<Act> purge(const DeleteChannel& change, const StoredChannel& channel);
  Result<std::vector<ChannelId>> order();
  // Gives the channels the sort orders 1..n.
  Status renumber(const std::vector<ChannelId>& order);
  // After one of them went.
  Status close_gap();

  Database& database_;
  LogHeads& heads_;
  Statement select_channels_;
  Statement select_channel_;
  Statement insert_channel_;
  Statement update_channel_;
  Statement update_order_;
  Statement archive_channel_;
  Statement restore_channel_;
  Statement select_limits_;
  Statement update_limits_;
  std::unordered_map<ChannelId, LiveChannel> channels_;
  bool is_loaded_ = false;
};

}  // namespace hubbub::sql
