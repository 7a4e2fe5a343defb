// A queue of frames inside an outbox: first in, first out, no memory while it has been empty for a
// while.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "base/shared.h"
#include "wire/frame.h"

namespace hubbub {

class FrameLane {
 public:
  enum class Kind : std::uint8_t { kCounted, kUrgent, kUnbounded, kHandshake };
  struct Entry {
    Shared<Frame> frame;
    Kind kind = Kind::kCounted;
  };

  [[nodiscard]] bool is_empty() const { return head_ == entries_.size(); }
  [[nodiscard]] std::size_t size() const { return entries_.size() - head_; }
  [[nodiscard]] const Entry& at(std::size_t index) const { return entries_[head_ + index]; }

  void push(const Shared<Frame>& frame, Kind kind) {
    // Room at the front is used again before more is asked for; amortised, each entry moves once.
    if (entries_.size() == entries_.capacity() && head_ > entries_.size() / 2) {
      entries_.erase(entries_.begin(), entries_.begin() + static_cast<std::ptrdiff_t>(head_));
      head_ = 0;
    }
    entries_.push_back(Entry{frame, kind});
  }

  // Puts the frame before the index-th entry. REQUIRES: index <= size(). Cost: as push() when the
  // lane is short or something has left it, else a move of all entries behind.
  void insert(std::size_t index, const Shared<Frame>& frame, Kind kind) {
    if (index == size()) return push(frame, kind);
    const auto first = entries_.begin() + static_cast<std::ptrdiff_t>(head_);
    const auto at = first + static_cast<std::ptrdiff_t>(index);
    if (head_ == 0) {
      entries_.insert(at, Entry{frame, kind});
      return;
    }
    std::move(first, at, first - 1);
    *(at - 1) = Entry{frame, kind};
    --head_;
  }

  // REQUIRES: not empty.
  Entry pop() {
    Entry entry = std::move(entries_[head_++]);
    if (is_empty()) {
      head_ = 0;
      entries_.clear();
      if (entries_.capacity() > kKeptEntries) release();
    }
    return entry;
  }

  // Gives the memory back. REQUIRES: empty.
  void release() { std::vector<Entry>().swap(entries_); }

 private:
  // Kept while frames come and go, so that a busy connection does not allocate: 64 * 24 bytes.
  static constexpr std::size_t kKeptEntries = 64;

  std::vector<Entry> entries_;
  std::size_t head_ = 0;
};

}  // namespace hubbub
