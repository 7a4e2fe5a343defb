// Messages in PostgreSQL: a whole batch in a few statements that travel together, in one round trip
// (store/sql/message_writer.h). In order: inboxes that are missing are made; the heads of all logs
// concerned are locked, in ascending id; one statement looks up the send keys, assigns seq and
// inserts.
#pragma once

#include "store/postgres/database.h"
#include "store/postgres/prepared.h"
#include "store/sql/log_heads.h"
#include "store/sql/message_writer.h"

namespace hubbub::postgres {

class MessageWriter final : public sql::MessageWriter {
 public:
  // Borrows: both.
  MessageWriter(Database& database, sql::LogHeads& heads);

  Status add(std::span<const PendingEntry> messages,
             std::vector<Result<Committed>>& results) override;
  // A pipeline is one transaction. A send key that stands in it twice needs two.
  [[nodiscard]] bool is_whole(std::span<const PendingEntry> messages) const override;

 private:
  // Of messages whose send keys differ.
  Status store(std::span<const PendingEntry> messages, std::vector<Result<Committed>>& results);
  Result<std::vector<ResultHandle>> run(std::span<const PendingEntry> messages);
  Status repeat(const pg_result* rows, int row, std::span<const PendingEntry> messages,
                std::vector<Result<Committed>>& results);

  Database& database_;
  sql::LogHeads& heads_;
  Prepared make_inboxes_;
  Prepared lock_heads_;
  Prepared store_;
  sql::Statement select_chat_message_;
  sql::Statement select_private_message_;
};

}  // namespace hubbub::postgres
