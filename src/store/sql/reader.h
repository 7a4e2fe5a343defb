// One connection that only reads. Each call sees one instant. Thread: one at a time (read_pool.h).
#pragma once

#include "store/sql/database.h"
#include "store/sql/directory_reader.h"
#include "store/sql/restrictions_reader.h"
#include "store/store.h"

namespace hubbub::sql {

class Reader {
 public:
  explicit Reader(std::unique_ptr<Database> database);

  // As Store has them.
  Result<Directory> directory();
  Result<Restrictions> restrictions();
  Result<std::string> server_id();
  Result<std::optional<KnownUser>> find_user(const UserId& id);
  Result<LogPage> read_after(LogId log, Seq after, std::size_t count);
  Result<LogPage> read_before(LogId log, Seq before, std::size_t count);
  Result<std::vector<Entry>> find_sent(const UserId& author, const std::string& send_key);
  Result<std::vector<Entry>> recent_messages(std::size_t count);
  Result<NewestMessages> newest_messages();

  // For what is read by functions of their own (bans_reader.h, people_reader.h, the search …).
  [[nodiscard]] Database& database() { return *database_; }

 private:
  // Errors: kUnknownLog.
  Result<LogPage> read_head(LogId log);
  Result<LogPage> read_page(LogId log, Statement& entries, Seq bound, std::size_t count);

  const std::unique_ptr<Database> database_;
  DirectoryReader directory_;
  RestrictionsReader restrictions_;
  Statement select_server_id_;
  Statement select_user_;
  Statement select_head_;
  Statement select_after_;
  Statement select_before_;
  Statement select_sent_;
  Statement select_sent_privately_;
  Statement select_recent_;
};

}  // namespace hubbub::sql
