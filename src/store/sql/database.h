// SQL as values: one connection, statements, transactions, the same for both databases. Two drivers
// implement it (sqlite/database.h, postgres/database.h), and what is on top of it is written once.
//
// No exception leaves here. What the database cannot do now (full, busy, gone, out of time …) is
// Error{kUnavailable} with a detail for the log; what it will never do with this value is
// Error{kInternal}.
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
#include "store/sql/dialect.h"

namespace hubbub::sql {

// What a column or a parameter holds, as far as a NULL must say it too.
enum class ValueKind : std::uint8_t { kInteger, kBoolean, kText, kTime };

// A statement as its driver keeps it. In order: bind each of ?1, ?2 …, then next() until it is
// false, then reset().
class PreparedStatement {
 public:
  virtual ~PreparedStatement() = default;

  virtual void bind(int index, std::int64_t value) = 0;
  virtual void bind(int index, bool value) = 0;
  virtual void bind(int index, Time value) = 0;
  virtual void bind(int index, std::string_view value) = 0;
  virtual void bind_null(int index, ValueKind kind) = 0;

  // Runs it, the first time; moves to the next row. False at the end and on failure.
  virtual bool next() = 0;
  // What failed since the last reset.
  [[nodiscard]] virtual Status status() const = 0;
  virtual void reset() = 0;

  // REQUIRES: next() was true. Columns count from 0; NULL reads as 0, "" or 1970.
  [[nodiscard]] virtual std::int64_t integer(int column) const = 0;
  [[nodiscard]] virtual std::string text(int column) const = 0;
  [[nodiscard]] virtual Time time(int column) const = 0;
  [[nodiscard]] virtual bool is_null(int column) const = 0;
};

class Database {
 public:
  Database() = default;
  virtual ~Database() = default;
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  // Runs a script of any number of statements, for migrations and settings.
  virtual Status execute(const std::string& script) = 0;
  // Never null; what is wrong with `sql` shows when it runs.
  virtual std::unique_ptr<PreparedStatement> prepare(const std::string& sql) = 0;
  // Of the last INSERT, UPDATE or DELETE.
  [[nodiscard]] virtual std::int64_t change_count() const = 0;
  // Another number when somebody else may have written since the last call. REQUIRES: called inside
  // a transaction that writes.
  virtual Result<std::int64_t> version() = 0;
  [[nodiscard]] virtual const Dialect& dialect() const = 0;

  // Runs `body` (a callable giving Status) in one transaction. Rolled back when body or the commit
  // fails. REQUIRES: no transaction is open.
  template <class Body>
  Status transact(Body&& body) {
    return finish(begin(true), body);
  }
  // The same for reads: all that body reads is as of one instant.
  template <class Body>
  Status read_at_once(Body&& body) {
    return finish(begin(false), body);
  }

 protected:
  virtual Status begin(bool is_write) = 0;
  virtual Status end(bool commit) = 0;

 private:
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
};

// The rows that one use of a statement gives. The statement is free again when this ends.
class Rows {
 public:
  explicit Rows(PreparedStatement& statement) : statement_(&statement) {}
  Rows(Rows&& other) noexcept : statement_(std::exchange(other.statement_, nullptr)) {}
  Rows& operator=(Rows&&) = delete;
  ~Rows() {
    if (statement_) statement_->reset();
  }

  // Moves to the next row, first to the first. False at the end and on failure: status() tells
  // which.
  bool next() { return statement_->next(); }
  [[nodiscard]] Status status() const { return statement_->status(); }

  // REQUIRES: next() was true. Columns count from 0; NULL reads as 0 or "".
  [[nodiscard]] std::int64_t integer(int column) const { return statement_->integer(column); }
  [[nodiscard]] bool boolean(int column) const { return statement_->integer(column) != 0; }
  [[nodiscard]] std::string text(int column) const { return statement_->text(column); }
  [[nodiscard]] Time time(int column) const { return statement_->time(column); }
  [[nodiscard]] bool is_null(int column) const { return statement_->is_null(column); }

 private:
  PreparedStatement* statement_;
};

// One SQL statement, compiled at its first use and kept. REQUIRES: the database outlives it; one
// Rows of it at a time.
class Statement {
 public:
  // Borrows: the database.
  Statement(Database& database, std::string sql) : database_(database), sql_(std::move(sql)) {}
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  // Values for ?1, ?2 and so on: integers, bool, text, Time, Id, UserId, optional of these (NULL
  // when empty). The type of each is the same at every use.
  template <class... Values>
  Rows query(const Values&... values) {
    if (!prepared_) prepared_ = database_.prepare(sql_);
    int index = 0;
    (bind(++index, values), ...);
    return Rows(*prepared_);
  }
  // For statements without rows.
  template <class... Values>
  Status run(const Values&... values) {
    Rows rows = query(values...);
    while (rows.next()) {
    }
    return rows.status();
  }
  // For statements with one row of one number: INSERT … RETURNING id.
  template <class... Values>
  Result<std::int64_t> number(const Values&... values) {
    Rows rows = query(values...);
    if (!rows.next()) {
      if (!rows.status()) return rows.status().error();
      return Error{Code::kUnavailable, "no row from: " + sql_};
    }
    return rows.integer(0);
  }

 private:
  template <class T>
  static constexpr ValueKind kind_of() {
    if constexpr (std::same_as<T, bool>) {
      return ValueKind::kBoolean;
    } else if constexpr (std::integral<T>) {
      return ValueKind::kInteger;
    } else if constexpr (std::same_as<T, Time>) {
      return ValueKind::kTime;
    } else if constexpr (std::convertible_to<const T&, std::string_view>) {
      return ValueKind::kText;
    } else {
      return kind_of<decltype(T::value)>();  // Id, UserId
    }
  }

  template <class T>
  void bind(int index, const T& value) {
    if constexpr (std::same_as<T, bool> || std::same_as<T, Time>) {
      prepared_->bind(index, value);
    } else if constexpr (std::integral<T>) {
      prepared_->bind(index, static_cast<std::int64_t>(value));
    } else if constexpr (std::convertible_to<const T&, std::string_view>) {
      prepared_->bind(index, std::string_view(value));
    } else if constexpr (requires { value.has_value(); }) {
      if (value.has_value()) {
        bind(index, *value);
      } else {
        prepared_->bind_null(index, kind_of<typename T::value_type>());
      }
    } else {
      bind(index, value.value);  // Id, UserId
    }
  }

  Database& database_;
  const std::string sql_;
  std::unique_ptr<PreparedStatement> prepared_;
};

}  // namespace hubbub::sql
