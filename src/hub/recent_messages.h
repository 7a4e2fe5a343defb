// The newest messages of all channels, for greetings of the old protocol: their frame is built when
// somebody asks and something changed, and shared by all of an audience who come meanwhile.
//
// Lives on one reactor.
#pragma once

#include <cstddef>
#include <deque>
#include <unordered_set>
#include <vector>

#include "base/shared.h"
#include "hub/audience.h"
#include "wire/entry.h"
#include "wire/frame.h"

namespace hubbub {

class RecentMessages {
 public:
  // `entries`: oldest first. The newest count_max are kept, of staff-only channels as many more.
  RecentMessages(std::vector<Entry> entries, std::size_t count_max,
                 std::unordered_set<LogId> staff_only_logs = {});

  void add(const Entry& entry);
  void remove(MessageId message);
  // Forgets the messages of a log that ended.
  void forget(LogId log);
  // Who sees the messages of this log from now on.
  void set_staff_only(LogId log, bool is_staff_only);

  // bulk_chat_messages, or null when there are none.
  const Shared<Frame>& frame(Audience audience);

 private:
  using Entries = std::deque<Entry>;

  void move_log(LogId log, Entries& from, Entries& to);
  void trim(Entries& entries) const;
  [[nodiscard]] Shared<Frame> encode(Audience audience) const;

  const std::size_t count_max_;
  std::unordered_set<LogId> staff_only_logs_;
  // Both in ascending message_id. Two, so that neither crowds out the other.
  Entries public_;
  Entries staff_only_;
  ByAudience<Shared<Frame>> frames_;
};

}  // namespace hubbub
