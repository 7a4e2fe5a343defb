// What a Store is over any SQL database: one connection that writes, a few that read beside it.
// A twin opens the connections, migrates, and searches in its own way.
#pragma once

#include "store/sql/read_pool.h"
#include "store/sql/stored_records.h"
#include "store/store.h"

namespace hubbub::sql {

class SqlStore : public Store {
 public:
  Result<Directory> directory() override;
  Result<Restrictions> restrictions() override;
  Records& records() override { return records_; }
  Result<std::string> server_id() override;
  Result<std::optional<KnownUser>> find_user(const UserId& id) override;
  Result<LogPage> read_after(LogId log, Seq after, std::size_t count) override;
  Result<LogPage> read_before(LogId log, Seq before, std::size_t count) override;
  Result<std::vector<Entry>> find_sent(const UserId& author, const std::string& send_key) override;
  Result<std::vector<Entry>> recent_messages(std::size_t count) override;
  Result<NewestMessages> newest_messages() override;
  Result<MessageSearchPage> search(const MessageSearch& search) override;
  Status ping() override;

 protected:
  using Search = Result<MessageSearchPage>(Database& database, const MessageSearch& search);

  SqlStore(ReadPool::Open open, std::size_t readers_max, Search* search)
      : readers_(std::move(open), readers_max), search_(search) {}

 private:
  ReadPool readers_;
  StoredRecords records_{readers_};
  Search* const search_;
};

}  // namespace hubbub::sql
