// The driver for SQLite: one connection. Every failure of SQLite (full, I/O, busy, corrupt …) is
// Error{kUnavailable}, with a detail for the log.
//
// Thread: a Database and its statements belong to one thread at a time; the owner sees to that.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "store/sql/database.h"

struct sqlite3;

namespace hubbub::sqlite {

using sql::Rows;
using sql::Statement;

class Database final : public sql::Database {
 public:
  enum class Mode { kReadWrite, kReadOnly };

  // kReadWrite: made when missing, readable by its owner alone; WAL, synchronous=FULL, foreign keys
  // on. Waits up to 5 s for another connection's lock, here and in every statement until
  // set_patience() says otherwise. Errors: kUnavailable with a sentence for the operator.
  static Result<std::unique_ptr<Database>> open(const std::string& path,
                                                Mode mode = Mode::kReadWrite);
  ~Database() override;

  Status execute(const std::string& script) override;
  std::unique_ptr<sql::PreparedStatement> prepare(const std::string& sql) override;
  [[nodiscard]] std::int64_t change_count() const override;
  Result<std::int64_t> version() override;
  [[nodiscard]] const sql::Dialect& dialect() const override;

  // How long a statement waits for another connection's lock.
  void set_patience(std::chrono::milliseconds patience);

  // Of the last INSERT.
  [[nodiscard]] std::int64_t last_insert_id() const;
  [[nodiscard]] const std::string& path() const { return path_; }

 protected:
  // A transaction that writes holds the write lock from the start. Errors: also where the file was
  // deleted or replaced since the first one: what is written to it would be gone with this process.
  Status begin(bool is_write) override;
  Status end(bool commit) override;

 private:
  friend class Prepared;
  Database(std::string path, sqlite3* handle);

  Status write_ahead();
  Status roll_back();
  Status check_files();
  [[nodiscard]] Error last_error(std::string_view what) const;

  const std::string path_;
  sqlite3* const handle_;
  // What stands at the paths of the database and of its write-ahead log: device and inode.
  struct Files {
    std::array<std::uint64_t, 4> numbers{};
    bool operator==(const Files&) const = default;
  };
  [[nodiscard]] Files find_files() const;
  std::optional<Files> files_;
  sql::Statement data_version_{*this, "PRAGMA data_version"};
  bool in_transaction_ = false;
};

}  // namespace hubbub::sqlite
