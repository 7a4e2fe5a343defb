// What the followers of one log were given: at each seq the message that its first receiver found
// there. All others are held against it.
//
// Lives on the thread of its followers.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "load/ledger.h"

namespace hubbub::bench {

class Journal {
 public:
  enum class Verdict : std::uint8_t {
    kNext,      // the entry after `position`, and the same message as for everybody
    kMissed,    // something between `position` and this entry never came
    kRepeated,  // this entry, or one after it, had come before
    kOther,     // another message than others were given as this entry
  };

  // Somebody who has everything up to `position` was given the message `name` as the entry `seq`.
  // REQUIRES: name.size() == kNameLength.
  [[nodiscard]] Verdict receive(std::uint64_t position, std::uint64_t seq, std::string_view name);

  // Somebody who listens from the log's end was told that it is here. False: others were told
  // otherwise. REQUIRES: before anything is received.
  [[nodiscard]] bool begin_after(std::uint64_t seq);
  [[nodiscard]] std::size_t message_count() const { return names_.size(); }
  [[nodiscard]] std::uint64_t last_seq() const { return begin_.value_or(0) + names_.size(); }

  // Whether these are, one after the other, the messages that the ledger's connections received.
  [[nodiscard]] bool agrees_with(const Ledger& ledger) const;

 private:
  std::optional<std::uint64_t> begin_;  // the position before the first
  std::vector<std::array<char, kNameLength>> names_;
};

}  // namespace hubbub::bench
