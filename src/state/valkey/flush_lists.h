// The two lists in which the old server kept messages until they were written to its database, and
// the counters from which it numbered them. For the adoption of an old installation.
//
// Knows nothing of what is in them: entries are bytes. Lives on one thread; every call blocks, for
// at most the timeout for each part of a list. Errors: kUnavailable.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "state/valkey/connection.h"

namespace hubbub {

class FlushLists {
 public:
  enum class Kind : std::uint8_t { kMessages, kPrivateMessages };

  static Result<FlushLists> open(const ValkeyAddress& address, std::chrono::milliseconds timeout);

  // All entries, oldest first, read in parts of a bounded number.
  // REQUIRES: the old server does not run: what is taken out meanwhile would shift the rest.
  Result<std::vector<std::string>> read(Kind kind);
  // Takes the first entries out. REQUIRES: count <= how many there are.
  Status remove_first(Kind kind, std::size_t count);

  // The highest cache_id that was given out; 0 when none was, or when it is no number.
  Result<std::int64_t> counter(Kind kind);
  // The old server's next message gets a higher one. Never lowers it.
  Status raise_counter(Kind kind, std::int64_t at_least);

 private:
  FlushLists(std::unique_ptr<ValkeyConnection> connection, std::chrono::milliseconds timeout)
      : connection_(std::move(connection)), timeout_(timeout) {}
  Result<ValkeyReply> ask(ValkeyCommand command);

  std::unique_ptr<ValkeyConnection> connection_;
  std::chrono::milliseconds timeout_;
};

}  // namespace hubbub
