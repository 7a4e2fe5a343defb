// A statement of PostgreSQL. Used once it travels with its text; from the second use on a
// connection knows it by a name. Thread: its database's.
#pragma once

#include <optional>
#include <string>

#include "store/postgres/database.h"

namespace hubbub::postgres {

class Prepared final : public sql::PreparedStatement {
 public:
  // Borrows: the database. `sql`: with ?1, ?2 … outside of literals.
  Prepared(Database& database, const std::string& sql);

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

  // For statements with arrays: in place of bind(). Queues it behind what is queued already.
  // REQUIRES: on_failure() when the run() that follows fails.
  Status queue(const Parameters& parameters);
  // Nobody knows whether the connection learnt the name: the next one is another.
  void on_failure();

 private:
  void run();

  Database& database_;
  const std::string sql_;
  std::string name_;
  Parameters parameters_;
  // The connection on which it was used last, and whether that knows it by name.
  std::int64_t generation_ = 0;
  bool is_named_ = false;
  bool has_run_ = false;
  ResultHandle result_;
  int row_ = -1;
  std::optional<Error> error_;
};

// Whole numbers of any size, and booleans, in binary; a NULL is 0.
std::int64_t read_integer(const pg_result* result, int row, int column);
std::string read_text(const pg_result* result, int row, int column);

}  // namespace hubbub::postgres
