#include "torture/check/stored_index.h"

#include <algorithm>

namespace hubbub::torture {

StoredIndex::StoredIndex(const History& history, std::span<const StoredLog> logs)
    : history_(history), channels_(history.channels.size()), inboxes_(history.people) {
  for (const WriterHistory& writer : history.writers) places_.emplace_back(writer.sent.size());
  for (const StoredLog& log : logs) {
    auto& slots = log.log.kind == Log::Kind::kInbox ? inboxes_ : channels_;
    if (log.log.index >= slots.size() || slots[log.log.index]) continue;
    slots[log.log.index] = &log;
    for (const StoredEntry& entry : log.entries) {
      if (!entry.message) continue;
      const StoredEntry** at = place(*entry.message, log.log);
      if (at && !*at) *at = &entry;
    }
  }
}

const StoredLog* StoredIndex::find(const Log& log) const {
  const auto& slots = log.kind == Log::Kind::kInbox ? inboxes_ : channels_;
  return log.index < slots.size() ? slots[log.index] : nullptr;
}

const StoredEntry* StoredIndex::find(const StoredLog& log, Seq seq) {
  const auto& entries = log.entries;
  if (entries.empty() || seq < entries.front().seq) return nullptr;
  const auto offset = static_cast<std::size_t>(seq - entries.front().seq);
  if (offset < entries.size() && entries[offset].seq == seq) return &entries[offset];
  const auto found = std::ranges::lower_bound(entries, seq, {}, &StoredEntry::seq);
  return found != entries.end() && found->seq == seq ? &*found : nullptr;
}

const Sent* StoredIndex::find(const MessageName& message) const {
  if (message.writer >= history_.writers.size()) return nullptr;
  const auto& sent = history_.writers[message.writer].sent;
  return message.number >= 1 && message.number <= sent.size() ? &sent[message.number - 1] : nullptr;
}

const StoredEntry** StoredIndex::place(const MessageName& message, const Log& log) {
  const Sent* sent = find(message);
  if (!sent) return nullptr;
  Places& places = places_[message.writer][message.number - 1];
  if (log == sent->log) return &places.own;
  return has_two_places(*sent) && log == other_log(*sent) ? &places.theirs : nullptr;
}

const StoredEntry* StoredIndex::find(const MessageName& message, const Log& log) const {
  const Sent* sent = find(message);
  if (!sent) return nullptr;
  if (log == sent->log) return places(message).own;
  return has_two_places(*sent) && log == other_log(*sent) ? places(message).theirs : nullptr;
}

}  // namespace hubbub::torture
