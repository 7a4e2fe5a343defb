// SQLite as values: one connection, prepared statements, transactions. No exception leaves here,
// and every failure of SQLite (full, I/O, busy, corrupt …) is Error{kUnavailable}, with a detail
// for the log.
//
// Thread: a Database and its statements belong to one thread at a time; the owner sees to that.
#pragma once

#include <concepts>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/clock.h"
#include "base/error.h"
#include "base/ids.h"

struct sqlite3;
struct sqlite3_stmt;

namespace hubbub::sqlite {

class Database {
 public:
  enum class Mode { kReadWrite, kReadOnly };

  // kReadWrite: made when missing, readable by its owner alone; WAL, synchronous=FULL, foreign keys
  // on. Waits up to 5 s for another connection's lock, here and in every statement. Errors:
  // kUnavailable with a sentence for the operator.
  static Result<std::unique_ptr<Database>> open(const std::string& path,
                                                Mode mode = Mode::kReadWrite);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  // Runs a script of any number of statements, for migrations and pragmas.
  Status execute(const std::string& script);

  // Runs `body` (a callable giving Status) in one transaction that holds the write lock from the
  // start. Rolled back when body or the commit fails. REQUIRES: no transaction is open.
  template <class Body>
  Status transact(Body&& body) {
    return finish(begin("BEGIN IMMEDIATE"), body);
  }
  // The same for reads: all that body reads is as of one instant.
  template <class Body>
  Status read_at_once(Body&& body) {
    return finish(begin("BEGIN"), body);
  }

  // Of the last INSERT, UPDATE or DELETE.
  [[nodiscard]] std::int64_t last_insert_id() const;
  [[nodiscard]] std::int64_t change_count() const;
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  friend class Rows;
  friend class Statement;
  Database(std::string path, sqlite3* handle);

  Status write_ahead();
  Status begin(const char* sql);
  Status end(bool commit);
  Status roll_back();
  template <class Body>
  Status finish(Status begun, Body& body) {
    if (!begun) return begun;
    Status done = body();
    if (!done) {
      (void)end(false);
      return done;
    }
    return end(true);
  }
  [[nodiscard]] Error last_error(std::string_view what) const;

  const std::string path_;
  sqlite3* const handle_;
  bool in_transaction_ = false;
};

// The rows that one use of a statement gives. The statement is free again when this ends.
class Rows {
 public:
  Rows(Rows&& other) noexcept;
  Rows& operator=(Rows&&) = delete;
  ~Rows();

  // Moves to the next row, first to the first. False at the end and on failure: status() tells
  // which.
  bool next();
  [[nodiscard]] Status status() const;

  // REQUIRES: next() was true. Columns count from 0; NULL reads as 0 or "".
  [[nodiscard]] std::int64_t integer(int column) const;
  [[nodiscard]] std::string text(int column) const;
  [[nodiscard]] bool is_null(int column) const;
  [[nodiscard]] Time time(int column) const {
    return Time(std::chrono::microseconds(integer(column)));
  }

 private:
  friend class Statement;
  Rows(class Statement& statement, std::optional<Error> error);

  Statement* statement_;
  std::optional<Error> error_;
};

// One SQL statement, compiled at its first use and kept. REQUIRES: the database outlives it; one
// Rows of it at a time.
class Statement {
 public:
  // Borrows: the database.
  Statement(Database& database, std::string sql) : database_(database), sql_(std::move(sql)) {}
  ~Statement();
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  // Values for ?1, ?2 and so on: integers, bool, text, Time (microseconds), Id, UserId, optional of
  // these
  // (NULL when empty), nullptr.
  template <class... Values>
  Rows query(const Values&... values) {
    begin();
    int index = 0;
    (bind_value(++index, values), ...);
    return rows();
  }
  // For statements without rows.
  template <class... Values>
  Status run(const Values&... values) {
    Rows rows = query(values...);
    while (rows.next()) {
    }
    return rows.status();
  }

 private:
  friend class Rows;
  void begin();
  Rows rows();
  void reset();

  void bind(int index, std::int64_t value);
  void bind(int index, std::string_view value);
  void bind_null(int index);
  void note(int code);

  template <class T>
  void bind_value(int index, const T& value) {
    if constexpr (std::same_as<T, std::nullptr_t>) {
      bind_null(index);
    } else if constexpr (std::integral<T>) {
      bind(index, static_cast<std::int64_t>(value));
    } else if constexpr (std::same_as<T, Time>) {
      bind(index, static_cast<std::int64_t>(value.time_since_epoch().count()));
    } else if constexpr (std::convertible_to<const T&, std::string_view>) {
      bind(index, std::string_view(value));
    } else if constexpr (requires { value.has_value(); }) {
      value.has_value() ? bind_value(index, *value) : bind_null(index);
    } else {
      bind_value(index, value.value);  // Id, UserId
    }
  }

  Database& database_;
  const std::string sql_;
  sqlite3_stmt* compiled_ = nullptr;
  std::optional<Error> error_;
};

}  // namespace hubbub::sqlite
