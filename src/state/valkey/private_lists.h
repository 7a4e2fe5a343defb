// What has to be done so that `recent_private_messages:<sub>` of those who write to one another,
// and the counter of private message ids, are as the store has them. Knows no connection.
//
// A person's list is written whole when the first message to or from them comes, and appended to
// from then on: so a list that Valkey lost, or that a crash left behind, mends itself.
//
// Lives on the mirror's thread.
#pragma once

#include <cstddef>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "state/bus.h"
#include "state/valkey/mirror_commands.h"
#include "state/valkey/mirror_source.h"

namespace hubbub::valkey {

class PrivateLists {
 public:
  // Borrows the source. Past `people_max` lists some are forgotten, to be written whole with their
  // next message.
  PrivateLists(MirrorSource& source, std::size_t people_max)
      : source_(source), people_max_(people_max) {}

  void absorb(const Publication& publication);
  // Nothing is known any more of what is in Valkey: the lists will be written whole.
  void forget();

  // What is to be sent; empty: nothing. A bounded part of it: ask again while has_more().
  // Errors: the source's; ask again later.
  Result<Commands> take_commands();
  [[nodiscard]] bool has_more() const { return !incomplete_.empty(); }

 private:
  struct List {
    MessageId upto;
    std::vector<std::string> new_entries;
  };

  void add(const UserId& user, const Entry& entry);
  Status write_whole(const UserId& user, Commands& commands);

  MirrorSource& source_;
  const std::size_t people_max_;
  std::unordered_map<UserId, List> complete_;
  std::unordered_set<UserId> with_news_;
  std::unordered_set<UserId> incomplete_;
  bool knows_highest_ = false;
  MessageId highest_;
  MessageId written_;  // to the counter
};

}  // namespace hubbub::valkey
