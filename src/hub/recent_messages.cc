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

RecentMessages::RecentMessages(const std::vector<Entry>& entries, std::size_t count_max,
                               std::unordered_map<LogId, Role> narrow_logs)
    : count_max_(count_max), narrow_logs_(std::move(narrow_logs)) {
  for (const auto& entry : entries) add(entry);
}

void RecentMessages::add(const Entry& entry) {
  auto& entries = entries_[audience_of(entry.log)];
  entries.push_back(entry);
  trim(entries);
  frames_ = {};
}

void RecentMessages::remove(MessageId message) {
  for (auto& entries : entries_.each) {
    const auto is_it = [message](const Entry& entry) { return entry.message_id == message; };
    if (std::erase_if(entries, is_it) > 0) frames_ = {};
  }
}

void RecentMessages::forget(LogId log) {
  const auto is_of_it = [log](const Entry& entry) { return entry.log == log; };
  if (std::erase_if(entries_[audience_of(log)], is_of_it) > 0) frames_ = {};
  narrow_logs_.erase(log);
}

void RecentMessages::set_audience(LogId log, Role audience) {
  const auto before = audience_of(log);
  if (before == audience) return;
  if (audience == Role::kMember) {
    narrow_logs_.erase(log);
  } else {
    narrow_logs_.insert_or_assign(log, audience);
  }
  move_log(log, entries_[before], entries_[audience]);
  frames_ = {};
}

const Shared<Frame>& RecentMessages::frame(Role role) {
  auto& frame = frames_[role];
  if (!frame) frame = encode(role);
  return frame;
}

Role RecentMessages::audience_of(LogId log) const {
  const auto found = narrow_logs_.find(log);
  return found == narrow_logs_.end() ? Role::kMember : found->second;
}

Shared<Frame> RecentMessages::encode(Role role) const {
  std::vector<Entry> seen;
  for (const auto audience : kRoles) {
    if (!has_at_least(role, audience)) break;
    const auto middle = static_cast<std::ptrdiff_t>(seen.size());
    const auto& more = entries_[audience];
    seen.insert(seen.end(), more.begin(), more.end());
    std::inplace_merge(seen.begin(), seen.begin() + middle, seen.end(), is_older);
  }
  if (seen.empty()) return nullptr;
  const auto shown = std::span(seen).last(std::min(seen.size(), count_max_));
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
