// What an old server left waiting outside of its database: two lists of messages, in its own words
// (`flush_messages`, `flush_private_messages`), and the counters from which it numbered
// them. The store takes them over when it opens (store/postgres/adoption.h); who keeps the lists is
// not its affair.
//
// Thread: that of open_store(). All calls block. Errors: kUnavailable.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/error.h"

namespace hubbub {

enum class OldQueue : std::uint8_t { kMessages, kPrivateMessages };
inline constexpr OldQueue kOldQueues[] = {OldQueue::kMessages, OldQueue::kPrivateMessages};

// What the old server calls the list.
constexpr const char* name_of(OldQueue queue) {
  return queue == OldQueue::kMessages ? "flush_messages" : "flush_private_messages";
}

class OldQueues {
 public:
  virtual ~OldQueues() = default;

  // All entries as they stand there, oldest first.
  virtual Result<std::vector<std::string>> read(OldQueue queue) = 0;
  // The highest number that was given out; 0: none.
  virtual Result<std::int64_t> counter(OldQueue queue) = 0;

  // REQUIRES: these have been read, and what became of them is on disk.
  virtual Status remove_first(OldQueue queue, std::size_t count) = 0;
  // The old server's next message gets a higher number.
  virtual Status raise_counter(OldQueue queue, std::int64_t at_least) = 0;
};

}  // namespace hubbub
