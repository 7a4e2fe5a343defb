// Messages in SQLite, one by one (store/sql/message_writer.h).
#pragma once

#include "store/sql/channel_writer.h"
#include "store/sql/log_heads.h"
#include "store/sql/message_writer.h"
#include "store/sqlite/database.h"

namespace hubbub::sqlite {

class MessageWriter final : public sql::MessageWriter {
 public:
  // Borrows: all.
  MessageWriter(Database& database, sql::LogHeads& heads, sql::ChannelWriter& channels);

  Status add(std::span<const PendingEntry> messages,
             std::vector<Result<Committed>>& results) override;
  [[nodiscard]] bool is_whole(std::span<const PendingEntry>) const override { return false; }

 private:
  Result<Committed> add(const PendingMessage& message);
  Result<Committed> add(const PendingPrivateMessage& message);
  // Answers a repeated send key; nothing when the key is new, or there is none.
  // Errors: kSendKeyConflict.
  template <class Message>
  Result<std::optional<Committed>> repeat(const Message& message);
  Result<std::optional<std::string>> find_username(const UserId& user);
  // The entry for the next place of `log`, all but the message's id.
  Result<Entry> place(LogId log, const PendingPrivateMessage& message, const Author& recipient);

  Database& database_;
  sql::LogHeads& heads_;
  sql::ChannelWriter& channels_;
  Statement select_send_key_;
  Statement select_chat_message_;
  Statement select_private_message_;
  Statement select_username_;
  Statement insert_chat_message_;
  Statement insert_words_;
  Statement insert_private_message_;
};

}  // namespace hubbub::sqlite
