// A statement of SQLite, compiled at its first use. Thread: its database's.
#pragma once

#include "store/sqlite/database.h"

struct sqlite3_stmt;

namespace hubbub::sqlite {

class Prepared final : public sql::PreparedStatement {
 public:
  // Borrows: the database.
  Prepared(Database& database, std::string sql) : database_(database), sql_(std::move(sql)) {}
  ~Prepared() override;
  Prepared(const Prepared&) = delete;
  Prepared& operator=(const Prepared&) = delete;

  void bind(int index, std::int64_t value) override;
  void bind(int index, bool value) override;
  void bind(int index, Time value) override;
  void bind(int index, std::string_view value) override;
  void bind_null(int index, sql::ValueKind kind) override;

  bool next() override;
  [[nodiscard]] Status status() const override;
  void reset() override;

  [[nodiscard]] std::int64_t integer(int column) const override;
  [[nodiscard]] std::string text(int column) const override;
  [[nodiscard]] Time time(int column) const override;
  [[nodiscard]] bool is_null(int column) const override;

 private:
  // Whether a value can be bound.
  bool is_ready();
  void note(int code);

  Database& database_;
  const std::string sql_;
  sqlite3_stmt* compiled_ = nullptr;
  std::optional<Error> error_;
};

}  // namespace hubbub::sqlite
