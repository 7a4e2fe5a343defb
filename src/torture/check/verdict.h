// What the checker found. Plain values; thread: any.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace hubbub::torture {

// Every way of being wrong. word_of() names it, in summaries and in dumps: the words stay.
enum class Kind : std::uint8_t {
  kLost,            // acknowledged, and not stored where it belongs
  kDoubled,         // stored more than once in one log
  kOutOfOrder,      // stored before one that the writer had sent before it
  kHalfStored,      // a private message that only one of its two inboxes has
  kGap,             // a log whose entries are not first to head, each once
  kForeign,         // stored or shown, and not of this run, this log or this person
  kDifferent,       // stored or shown under another id, key, epoch or text than it should
  kConflictingAck,  // an acknowledgement that another one, the store or the writer contradicts
  kNotShown,        // stored, and not shown to a reader who should have seen it
  kShownTwice,
  kShownInOtherOrder,
  kComplaint,  // somebody noted in the run that something was wrong
  kUnsound,    // the database: damaged, a log that is missing, one that nobody made
  kMemory,     // the server took more than it may, or nobody looked
  kMalformed,  // a history that makes no sense: the tool's own fault, and nothing is proved
};
inline constexpr std::size_t kKinds = 15;
// "lost", "out_of_order", …
std::string_view word_of(Kind kind);

// Counts every finding; only the first ones are put into words.
class Findings {
 public:
  static constexpr std::size_t kSentencesMax = 20;

  // `sentence` is asked only if it is wanted: there may be millions.
  template <class Sentence>
  void add(Kind kind, Sentence&& sentence) {
    ++counts_[static_cast<std::size_t>(kind)];
    if (sentences_.size() >= kSentencesMax) return;
    sentences_.push_back(std::string(word_of(kind)) + ": " + std::forward<Sentence>(sentence)());
  }

  [[nodiscard]] std::uint64_t count(Kind kind) const {
    return counts_[static_cast<std::size_t>(kind)];
  }
  [[nodiscard]] bool none() const { return counts_ == Counts{}; }
  // "lost: message 12 of writer 3 …", in the order in which they were found.
  [[nodiscard]] const std::vector<std::string>& sentences() const { return sentences_; }

 private:
  using Counts = std::array<std::uint64_t, kKinds>;
  Counts counts_{};
  std::vector<std::string> sentences_;
};

struct Verdict {
  std::uint64_t sent = 0;  // messages, each counted once, as below
  std::uint64_t acknowledged = 0;
  std::uint64_t acked_again = 0;  // acknowledgements beyond the first of their message
  std::uint64_t unanswered = 0;   // sent with a key and never acknowledged
  std::uint64_t stored = 0;       // messages of the run that the store has
  std::uint64_t entries = 0;      // of all logs: a private message is two
  std::uint64_t seen = 0;         // entries shown to readers of hubbub.v1, all together
  std::uint64_t shown_old = 0;    // messages shown to readers of the old protocol
  Findings findings;

  [[nodiscard]] bool is_clean() const { return findings.none(); }
};

// "killed 6 times, 8,412 acknowledged, 0 lost, 0 doubled, 0 out of order", and what else was found.
// `folder`: where all of it was written down (dump.h); empty: nowhere.
std::string summary(const Verdict& verdict, std::uint64_t kills, const std::string& folder = {});

}  // namespace hubbub::torture
