// The newest messages of all channels, for greetings of the old protocol: their frame is built when
// somebody asks and something changed, and shared by all who come meanwhile.
//
// Lives on one reactor.
#pragma once

#include <cstddef>
#include <deque>
#include <vector>

#include "base/shared.h"
#include "wire/entry.h"
#include "wire/frame.h"

namespace hubbub {

class RecentMessages {
 public:
  // `entries`: oldest first; the newest count_max are kept.
  RecentMessages(std::vector<Entry> entries, std::size_t count_max);

  void add(const Entry& entry);
  // Forgets the messages of a log that ended.
  void forget(LogId log);

  // bulk_chat_messages, or null when there are none.
  const Shared<Frame>& frame();

 private:
  void trim();

  const std::size_t count_max_;
  std::deque<Entry> entries_;
  Shared<Frame> frame_;
};

}  // namespace hubbub
