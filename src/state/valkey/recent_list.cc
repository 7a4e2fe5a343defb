#include "state/valkey/recent_list.h"

#include <algorithm>
#include <utility>

#include "state/valkey/mirrored_entry.h"

namespace hubbub::valkey {
namespace {

// Of staff-only channels, which are left out, as many more may be among the newest.
constexpr std::size_t kReadCount = 2 * kRecentCountMax;

}  // namespace

RecentList::RecentList(MirrorSource& source, const Directory& directory)
    : source_(source), channels_(mirrored(directory)) {}

RecentList::Names RecentList::mirrored(const Directory& directory) {
  Names names;
  for (const auto& channel : directory.channels) {
    if (is_mirrored(channel)) names.emplace(channel.id, channel.name);
  }
  return names;
}

void RecentList::absorb(const Publication& publication) {
  // A channel that was renamed, removed, restored, or that members see now or no longer.
  if (publication.directory) {
    auto names = mirrored(*publication.directory);
    if (names != channels_) forget();
    channels_ = std::move(names);
  }
  for (const auto& published : publication.entries) absorb(published.entry);
}

void RecentList::absorb(const Entry& entry) {
  if (entry.kind == EntryKind::kPrivateMessage) return;
  if (entry.kind == EntryKind::kMessage) highest_ = std::max(highest_, entry.message_id);
  if (!is_complete_) return;
  if (entry.kind == EntryKind::kRemoval) {
    removed_.push_back(entry.message_id);
  } else if (entry.message_id > upto_ && channels_.contains(entry.channel)) {
    upto_ = entry.message_id;
    new_entries_.push_back(mirrored_entry(entry));
  }
}

void RecentList::forget() {
  is_complete_ = false;
  new_entries_.clear();
  removed_.clear();
  written_ = {};
}

Result<Commands> RecentList::take_commands() {
  Commands commands;
  if (!is_complete_) {
    if (auto written = write_whole(commands); !written) return written.error();
  } else {
    if (!new_entries_.empty()) holds_some_ = true;
    append_recent(commands, kRecentMessages, std::exchange(new_entries_, {}));
    remove_recent(commands, std::exchange(removed_, {}));
  }
  if (written_ < highest_) {
    raise_counter(commands, kMessageCounter, highest_);
    written_ = highest_;
  }
  return commands;
}

Status RecentList::write_whole(Commands& commands) {
  const auto recent = source_.recent_messages(kReadCount);
  if (!recent) return recent.error();
  const auto highest = source_.highest_ids();
  if (!highest) return highest.error();
  highest_ = std::max(highest_, highest->message);
  std::vector<std::string> entries;
  for (const auto& entry : *recent) {
    upto_ = std::max(upto_, entry.message_id);
    if (channels_.contains(entry.channel)) entries.push_back(mirrored_entry(entry));
  }
  highest_ = std::max(highest_, upto_);
  if (entries.size() > kRecentCountMax) {
    entries.erase(entries.begin(), entries.end() - kRecentCountMax);
  }
  holds_some_ = !entries.empty();
  replace_recent(commands, kRecentMessages, std::move(entries));
  is_complete_ = true;
  return {};
}

}  // namespace hubbub::valkey
