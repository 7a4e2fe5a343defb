// A batch of messages as the arrays that its statements take.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "store/pending_entry.h"
#include "store/postgres/parameters.h"

namespace hubbub::postgres {

class MessageBatch {
 public:
  // Borrows: the messages. REQUIRES: all are PendingMessage or PendingPrivateMessage.
  explicit MessageBatch(std::span<const PendingEntry> messages);

  [[nodiscard]] bool has_private() const { return !authors_.empty(); }
  // Authors of private messages; their recipients.
  [[nodiscard]] Parameters inboxes() const;
  // Channels; owners of inboxes.
  [[nodiscard]] Parameters logs() const;
  // Kind, channel, recipient, author, username, text, send key, words, time.
  [[nodiscard]] Parameters messages() const;

 private:
  using Texts = std::vector<std::optional<std::string_view>>;
  void add(const PendingMessage& message);
  void add(const PendingPrivateMessage& message);
  template <class Message>
  void add_sent(const Message& message);

  std::vector<std::int64_t> kinds_;
  std::vector<std::int64_t> channels_;  // 0: private
  Texts recipients_;
  Texts owners_;
  Texts usernames_;
  Texts texts_;
  Texts send_keys_;
  std::vector<std::string> words_;
  std::vector<Time> times_;
  Texts authors_;  // of private messages
  Texts readers_;
};

// How many of the first messages have send keys that differ, by author.
std::size_t distinct_send_keys(std::span<const PendingEntry> messages);

// The entry that comes of it, without its place. `name`: the channel's, or the recipient's.
Entry entry_of(const PendingEntry& message, std::string name);

}  // namespace hubbub::postgres
