#include "store/sql/message_writer.h"

#include <algorithm>

namespace hubbub::sql {
namespace {

bool says_the_same(const PendingMessage& message, const Entry& earlier) {
  return earlier.kind == EntryKind::kMessage && earlier.channel == message.channel;
}
bool says_the_same(const PendingPrivateMessage& message, const Entry& earlier) {
  return earlier.kind == EntryKind::kPrivateMessage && earlier.recipient.id == message.recipient;
}

}  // namespace

Result<Committed> answer_repeat(const PendingEntry& message, std::vector<Entry> entries) {
  const auto is_repeat = [&](const auto& pending) {
    if constexpr (requires { says_the_same(pending, Entry()); }) {
      // Of a removed message the text is gone: whoever repeats it is believed.
      return std::ranges::all_of(entries, [&](const Entry& entry) {
        return says_the_same(pending, entry) && (entry.is_removed || entry.text == pending.text);
      });
    } else {
      return false;
    }
  };
  if (!std::visit(is_repeat, message)) return Error{Code::kSendKeyConflict};
  Committed committed;
  committed.entries = std::move(entries);
  committed.is_repeated = true;
  return committed;
}

}  // namespace hubbub::sql
