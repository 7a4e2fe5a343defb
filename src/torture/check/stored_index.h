// Finds logs, entries and messages in what the database has.
#pragma once

#include <span>
#include <vector>

#include "torture/history/history.h"

namespace hubbub::torture {

class StoredIndex {
 public:
  // Borrows: both. REQUIRES: the history is well-formed.
  StoredIndex(const History& history, std::span<const StoredLog> logs);

  // Null: it is not stored. Of two that say they are the same log, the first.
  [[nodiscard]] const StoredLog* find(const Log& log) const;
  // Null: the log has no such entry. Cost: one look, in a log without gaps.
  [[nodiscard]] static const StoredEntry* find(const StoredLog& log, Seq seq);

  // Null: no such message was sent.
  [[nodiscard]] const Sent* find(const MessageName& message) const;

  // Where a message of the run is stored; null: not there. Of two, the first.
  struct Places {
    const StoredEntry* own = nullptr;  // in Sent::log
    const StoredEntry* theirs =
        nullptr;  // in the recipient's inbox, of a private message to another
  };
  // REQUIRES: it was sent.
  [[nodiscard]] const Places& places(const MessageName& message) const {
    return places_[message.writer][message.number - 1];
  }
  // The same in one log. Null: it was not sent, does not belong there, or is not there.
  [[nodiscard]] const StoredEntry* find(const MessageName& message, const Log& log) const;

  // Whether this is a message for two inboxes; then `theirs` is the other one.
  [[nodiscard]] static bool has_two_places(const Sent& sent) {
    return sent.log.kind == Log::Kind::kInbox && sent.recipient != sent.log.index;
  }
  [[nodiscard]] static Log other_log(const Sent& sent) {
    return {Log::Kind::kInbox, sent.recipient};
  }

 private:
  // Null: it does not belong in this log.
  const StoredEntry** place(const MessageName& message, const Log& log);

  const History& history_;
  std::vector<const StoredLog*> channels_;
  std::vector<const StoredLog*> inboxes_;
  std::vector<std::vector<Places>> places_;  // by writer and number
};

}  // namespace hubbub::torture
