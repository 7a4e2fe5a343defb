#include "load/journal.h"

#include <cstring>

namespace hubbub::bench {

bool Journal::begin_after(std::uint64_t seq) {
  if (!begin_) begin_ = seq;
  return *begin_ == seq;
}

Journal::Verdict Journal::receive(std::uint64_t position, std::uint64_t seq,
                                  std::string_view name) {
  if (seq <= position) return Verdict::kRepeated;
  if (seq != position + 1 || !begin_ || position < *begin_) return Verdict::kMissed;
  const auto index = static_cast<std::size_t>(position - *begin_);
  if (index > names_.size()) return Verdict::kMissed;
  if (index == names_.size()) std::memcpy(names_.emplace_back().data(), name.data(), kNameLength);
  return std::string_view(names_[index].data(), kNameLength) == name ? Verdict::kNext
                                                                     : Verdict::kOther;
}

bool Journal::agrees_with(const Ledger& ledger) const {
  if (names_.size() != ledger.booked_count()) return false;
  for (std::size_t i = 0; i < names_.size(); ++i) {
    if (ledger.expected(i) != std::string_view(names_[i].data(), kNameLength)) return false;
  }
  return true;
}

}  // namespace hubbub::bench
