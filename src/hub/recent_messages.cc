#include "hub/recent_messages.h"

#include <algorithm>
#include <iterator>
#include <span>
#include <utility>

#include "wire/old_frames.h"

namespace hubbub {
namespace {

// With the algorithms of <algorithm> and not those of std::ranges: clang 14 does not compile
// libstdc++'s subrange.
bool is_older(const Entry& left, const Entry& right) { return left.message_id < right.message_id; }

}  // namespace

RecentMessages::RecentMessages(std::vector<Entry> entries, std::size_t count_max,
                               std::unordered_set<LogId> staff_only_logs)
    : count_max_(count_max), staff_only_logs_(std::move(staff_only_logs)) {
  for (const auto& entry : entries) add(entry);
}

void RecentMessages::add(const Entry& entry) {
  auto& entries = staff_only_logs_.contains(entry.log) ? staff_only_ : public_;
  entries.push_back(entry);
  trim(entries);
  frames_ = {};
}

void RecentMessages::remove(MessageId message) {
  const auto is_it = [message](const Entry& entry) { return entry.message_id == message; };
  if (std::erase_if(public_, is_it) + std::erase_if(staff_only_, is_it) > 0) frames_ = {};
}

void RecentMessages::forget(LogId log) {
  const auto is_of_it = [log](const Entry& entry) { return entry.log == log; };
  if (std::erase_if(public_, is_of_it) + std::erase_if(staff_only_, is_of_it) > 0) frames_ = {};
  staff_only_logs_.erase(log);
}

void RecentMessages::set_staff_only(LogId log, bool is_staff_only) {
  if (is_staff_only == staff_only_logs_.contains(log)) return;
  if (is_staff_only) {
    staff_only_logs_.insert(log);
    move_log(log, public_, staff_only_);
  } else {
    staff_only_logs_.erase(log);
    move_log(log, staff_only_, public_);
  }
  frames_ = {};
}

const Shared<Frame>& RecentMessages::frame(Audience audience) {
  auto& frame = frames_[audience];
  if (!frame) frame = encode(audience);
  return frame;
}

Shared<Frame> RecentMessages::encode(Audience audience) const {
  std::vector<Entry> entries;
  if (audience == Audience::kStaff) {
    std::merge(public_.begin(), public_.end(), staff_only_.begin(), staff_only_.end(),
               std::back_inserter(entries), is_older);
  } else {
    entries.assign(public_.begin(), public_.end());
  }
  if (entries.empty()) return nullptr;
  const auto shown = std::span(entries).last(std::min(entries.size(), count_max_));
  return old_protocol::bulk_messages(shown, false);
}

void RecentMessages::move_log(LogId log, Entries& from, Entries& to) {
  const auto rest = std::stable_partition(from.begin(), from.end(),
                                          [log](const Entry& entry) { return entry.log != log; });
  Entries merged;
  std::merge(to.begin(), to.end(), rest, from.end(), std::back_inserter(merged), is_older);
  from.erase(rest, from.end());
  to = std::move(merged);
  trim(to);
}

void RecentMessages::trim(Entries& entries) const {
  while (entries.size() > count_max_) entries.pop_front();
}

}  // namespace hubbub
