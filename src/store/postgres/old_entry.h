// One entry of the old server's two lists, in its own form: {"cache_id":7,"data":{…}}. Pure;
// thread: any.
#pragma once

#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/error.h"
#include "store/old_queues.h"
#include "wire/entry.h"

namespace hubbub::postgres {

// Hubbub's ids go on from the highest number, and stay below 2^53.
inline constexpr std::int64_t kCacheIdMax = std::int64_t{1} << 52;

struct OldEntry {
  std::int64_t cache_id = 0;
  Author author;
  std::string channel;  // its name; of kMessages
  Author recipient;     // of kPrivateMessages
  std::string text;
  Time authored_at;
  // As the clock on the old server's wall had it, which is what it stored.
  Time wall_clock;
};

// Read strictly: what the old server's database would refuse is refused. Errors: kInvalid, with the
// reason in words for the operator.
Result<OldEntry> parse_old_entry(OldQueue queue, std::string_view text);

// As a text that PostgreSQL can keep, whatever bytes it has: \xNN for those that are not UTF-8, and
// for U+0000.
std::string printable(std::string_view entry);

}  // namespace hubbub::postgres
