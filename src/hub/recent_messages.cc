#include "hub/recent_messages.h"

#include "wire/old_frames.h"

namespace hubbub {

RecentMessages::RecentMessages(std::vector<Entry> entries, std::size_t count_max)
    : count_max_(count_max),
      entries_(std::make_move_iterator(entries.begin()), std::make_move_iterator(entries.end())) {
  trim();
}

void RecentMessages::add(const Entry& entry) {
  entries_.push_back(entry);
  trim();
  frame_.reset();
}

void RecentMessages::forget(LogId log) {
  if (std::erase_if(entries_, [log](const Entry& entry) { return entry.log == log; }) > 0) {
    frame_.reset();
  }
}

const Shared<Frame>& RecentMessages::frame() {
  if (!frame_ && !entries_.empty()) {
    const std::vector<Entry> entries(entries_.begin(), entries_.end());
    frame_ = old_protocol::bulk_messages(entries, false);
  }
  return frame_;
}

void RecentMessages::trim() {
  while (entries_.size() > count_max_) entries_.pop_front();
}

}  // namespace hubbub
