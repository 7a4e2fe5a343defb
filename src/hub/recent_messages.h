// The newest messages of all channels, for greetings of the old protocol: their frame is built when
// somebody asks and something changed, and shared by all of an audience who come meanwhile.
//
// Lives on one reactor.
#pragma once

#include <cstddef>
#include <deque>
#include <unordered_map>
#include <vector>

#include "base/shared.h"
#include "hub/audience.h"
#include "wire/entry.h"
#include "wire/frame.h"

namespace hubbub {

class RecentMessages {
 public:
  // `entries`: oldest first. The newest count_max are kept, of channels that only some see as many
  // more for each audience. `narrow_logs`: those that not everyone sees, and the least role that
  // does.
  RecentMessages(const std::vector<Entry>& entries, std::size_t count_max,
                 std::unordered_map<LogId, Role> narrow_logs = {});

  void add(const Entry& entry);
  void remove(MessageId message);
  // Forgets the messages of a log that ended.
  void forget(LogId log);
  // The least role that sees the messages of this log from now on.
  void set_audience(LogId log, Role audience);

  // bulk_chat_messages, or null when there are none.
  const Shared<Frame>& frame(Role role);

 private:
  using Entries = std::deque<Entry>;

  [[nodiscard]] Role audience_of(LogId log) const;
  void move_log(LogId log, Entries& from, Entries& to);
  void trim(Entries& entries) const;
  [[nodiscard]] Shared<Frame> encode(Role role) const;

  const std::size_t count_max_;
  std::unordered_map<LogId, Role> narrow_logs_;
  // By the least role that sees them; each in ascending message_id. Apart, so that none crowds out
  // another.
  ByAudience<Entries> entries_;
  ByAudience<Shared<Frame>> frames_;
};

}  // namespace hubbub
