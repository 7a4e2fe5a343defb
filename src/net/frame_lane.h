// A queue of frames inside an outbox: first in, first out, no memory while it has been empty for a
// while.
#pragma once

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
