// One connection that only reads. Each call sees one instant. Thread: one at a time (read_pool.h).
#pragma once

#include "store/sqlite/database.h"
#include "store/sqlite/directory_reader.h"
#include "store/sqlite/restrictions_reader.h"
#include "store/store.h"

namespace hubbub::sqlite {

class Reader {
 public:
  static Result<std::unique_ptr<Reader>> open(const std::string& path);

  // As Store has them.
  Result<Directory> directory();
  Result<Restrictions> restrictions();
  Result<std::string> server_id();
  Result<std::optional<KnownUser>> find_user(const UserId& id);
  Result<LogPage> read_after(LogId log, Seq after, std::size_t count);
  Result<LogPage> read_before(LogId log, Seq before, std::size_t count);
  Result<std::vector<Entry>> recent_messages(std::size_t count);
  Result<MessageSearchPage> search(const MessageSearch& search);

  // For what is read by functions of their own (bans_reader.h, people_reader.h …).
  [[nodiscard]] Database& database() { return *database_; }

 private:
  explicit Reader(std::unique_ptr<Database> database);

  // Errors: kUnknownLog.
  Result<LogPage> read_head(LogId log);
  Result<LogPage> read_page(LogId log, Statement& entries, Seq bound, std::size_t count);
  // Those of these names, each once.
  Result<std::vector<ChannelId>> ids_of(const std::vector<std::string>& channels);

  const std::unique_ptr<Database> database_;
  DirectoryReader directory_;
  RestrictionsReader restrictions_;
  Statement select_server_id_;
  Statement select_user_;
  Statement select_head_;
  Statement select_after_;
  Statement select_before_;
  Statement select_recent_;
  Statement select_named_channels_;
};

}  // namespace hubbub::sqlite
