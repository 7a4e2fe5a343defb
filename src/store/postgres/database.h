// The driver for PostgreSQL. It connects when it is first used, and again after the connection was
// lost, outside of a transaction: not before a pause that doubles from one failure to the next,
// until then everything fails at once.
//
// The beginning of a transaction travels with its first statement, and the compilation of a
// statement with its second use: each costs no round trip of its own.
//
// Thread: one at a time.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "base/clock.h"
#include "store/postgres/connection.h"
#include "store/sql/database.h"

namespace hubbub::postgres {

class Database final : public sql::Database {
 public:
  // Runs once on each new connection, before anything else uses it; when it fails there is no
  // connection.
  using OnConnect = std::function<Status(Connection& connection)>;

  explicit Database(std::string url, TimeLimits limits = {}, OnConnect on_connect = {});
  ~Database() override;

  Status execute(const std::string& script) override;
  std::unique_ptr<sql::PreparedStatement> prepare(const std::string& sql) override;
  [[nodiscard]] std::int64_t change_count() const override { return change_count_; }
  // Always another one: heads are read, and locked, anew in each transaction.
  Result<std::int64_t> version() override { return ++version_; }
  [[nodiscard]] const sql::Dialect& dialect() const override;

  // The connection, to queue statements on and run() them; those queued here already go first. A
  // null pointer never comes. Borrows: until the next call of anything here.
  Result<Connection*> connection();
  // After a Connection::run(): how many rows the last of these changed.
  void note_changes(const ResultHandle& result);
  // Another number after each new connection.
  [[nodiscard]] std::int64_t generation() const { return generation_; }
  // Drops the connection; the next use connects again.
  void disconnect();

 protected:
  Status begin(bool is_write) override;
  Status end(bool commit) override;

 private:
  Status reconnect();

  const std::string url_;
  const TimeLimits limits_;
  const OnConnect on_connect_;
  std::unique_ptr<Connection> connection_;
  std::int64_t generation_ = 0;
  std::int64_t version_ = 0;
  std::int64_t change_count_ = 0;
  bool in_transaction_ = false;
  // After a failure.
  SteadyTime retry_at_{};
  std::chrono::milliseconds pause_{0};
  std::string last_failure_;
};

}  // namespace hubbub::postgres
