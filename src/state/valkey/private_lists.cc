#include "state/valkey/private_lists.h"

#include <algorithm>
#include <utility>

#include "state/valkey/mirrored_entry.h"

namespace hubbub::valkey {
namespace {

// Read from the store and written at once: what comes meanwhile waits.
constexpr std::size_t kListsAtOnce = 16;

}  // namespace

void PrivateLists::absorb(const Publication& publication) {
  for (const auto& published : publication.entries) {
    const auto& entry = published.entry;
    if (entry.kind != EntryKind::kPrivateMessage) continue;
    highest_ = std::max(highest_, entry.message_id);
    // It comes once for each inbox; what is there already is passed over.
    add(entry.author.id, entry);
    add(entry.recipient.id, entry);
  }
}

void PrivateLists::add(const UserId& user, const Entry& entry) {
  const auto found = complete_.find(user);
  if (found == complete_.end()) {
    if (incomplete_.size() < people_max_) incomplete_.insert(user);
    return;
  }
  auto& list = found->second;
  if (entry.message_id <= list.upto) return;
  list.upto = entry.message_id;
  list.new_entries.push_back(mirrored_entry(entry));
  with_news_.insert(user);
}

void PrivateLists::forget() {
  for (const auto& [user, list] : complete_) {
    if (incomplete_.size() < people_max_) incomplete_.insert(user);
  }
  complete_.clear();
  with_news_.clear();
  written_ = {};
  knows_highest_ = false;
}

Result<Commands> PrivateLists::take_commands() {
  Commands commands;
  if (!knows_highest_) {
    const auto highest = source_.highest_ids();
    if (!highest) return highest.error();
    highest_ = std::max(highest_, highest->private_message);
    knows_highest_ = true;
  }
  for (std::size_t i = 0; i < kListsAtOnce && !incomplete_.empty(); ++i) {
    const auto user = *incomplete_.begin();
    if (auto written = write_whole(user, commands); !written) {
      if (commands.empty()) return written.error();
      break;  // those that were read are to be sent
    }
    incomplete_.erase(user);
  }
  for (const auto& user : std::exchange(with_news_, {})) {
    auto& list = complete_.at(user);
    append_recent(commands, recent_private_messages(user), std::exchange(list.new_entries, {}));
  }
  if (written_ < highest_) {
    raise_counter(commands, kPrivateMessageCounter, highest_);
    written_ = highest_;
  }
  return commands;
}

Status PrivateLists::write_whole(const UserId& user, Commands& commands) {
  const auto messages = source_.private_messages(user, kRecentCountMax);
  if (!messages) return messages.error();
  List list;
  std::vector<std::string> entries;
  for (const auto& entry : *messages) {
    list.upto = std::max(list.upto, entry.message_id);
    entries.push_back(mirrored_entry(entry));
  }
  replace_recent(commands, recent_private_messages(user), std::move(entries));
  if (complete_.size() >= people_max_) complete_.clear();
  complete_[user] = std::move(list);
  return {};
}

}  // namespace hubbub::valkey
