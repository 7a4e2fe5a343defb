// What has to be done so that `recent_messages`, and the counter of message ids, are as the store
// has them. Knows no connection: takes what was published, gives commands.
//
// Lives on the mirror's thread.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "state/bus.h"
#include "state/valkey/mirror_commands.h"
#include "state/valkey/mirror_source.h"

namespace hubbub::valkey {

class RecentList {
 public:
  // Borrows the source.
  RecentList(MirrorSource& source, const Directory& directory);

  void absorb(const Publication& publication);
  // Nothing is known any more of what is in Valkey: the list will be written whole.
  void forget();
  // Whether the list holds anything, when the commands that were taken last were carried out.
  [[nodiscard]] bool holds_some() const { return is_complete_ && holds_some_; }

  // What is to be sent; empty: nothing. Errors: the source's; ask again later.
  Result<Commands> take_commands();

 private:
  using Names = std::map<ChannelId, std::string>;

  static Names mirrored(const Directory& directory);
  void absorb(const Entry& entry);
  Status write_whole(Commands& commands);

  MirrorSource& source_;
  Names channels_;  // those whose messages are in it
  bool is_complete_ = false;
  bool holds_some_ = false;
  MessageId upto_;  // of those up to here nothing is missing
  std::vector<std::string> new_entries_;
  std::vector<MessageId> removed_;
  MessageId highest_;  // of all channels
  MessageId written_;  // to the counter
};

}  // namespace hubbub::valkey
