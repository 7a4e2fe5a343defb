// Stores messages, each once per send key. Each database has its own (sqlite/, postgres/): this is
// where most of a commit's time goes.
//
// Thread: its writer's.
#pragma once

#include <span>
#include <vector>

#include "store/pending_entry.h"

namespace hubbub::sql {

class MessageWriter {
 public:
  virtual ~MessageWriter() = default;

  // Appends one result for each, in order. A refusal (kUnknownChannel, kUnknownUser,
  // kSendKeyConflict) has written nothing. Errors: the transaction is lost.
  // REQUIRES: all are PendingMessage or PendingPrivateMessage.
  virtual Status add(std::span<const PendingEntry> messages,
                     std::vector<Result<Committed>>& results) = 0;

  // Whether add() of these is a transaction by itself, so that none needs to be opened around it.
  [[nodiscard]] virtual bool is_whole(std::span<const PendingEntry> messages) const = 0;
};

// The answer to a send key that stands for `entries` already, the author's first.
// Errors: kSendKeyConflict: they say something else.
Result<Committed> answer_repeat(const PendingEntry& message, std::vector<Entry> entries);

inline bool is_message(const PendingEntry& entry) {
  return std::holds_alternative<PendingMessage>(entry) ||
         std::holds_alternative<PendingPrivateMessage>(entry);
}

}  // namespace hubbub::sql
