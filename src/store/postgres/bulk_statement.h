// A statement that takes arrays, for work on thousands of rows at once. Thread: its database's.
#pragma once

#include <string>

#include "store/postgres/database.h"
#include "store/postgres/prepared.h"

namespace hubbub::postgres {

using Integers = std::vector<std::int64_t>;
using Texts = std::vector<std::optional<std::string_view>>;

class BulkStatement {
 public:
  // Borrows: the database.
  BulkStatement(Database& database, const std::string& sql)
      : database_(database), prepared_(database, sql) {}

  // Its rows, to be read by read_integer() and read_text(). `values`: for $1, $2 and so on: a
  // number, text, Time, or an array of these.
  template <class... Values>
  Result<ResultHandle> run(const Values&... values) {
    Parameters parameters;
    (parameters.add(values), ...);
    return run(parameters);
  }
  Result<ResultHandle> run(const Parameters& parameters);
  // Without rows.
  template <class... Values>
  Status change(const Values&... values) {
    auto result = run(values...);
    return result ? Status() : result.error();
  }

 private:
  Database& database_;
  Prepared prepared_;
};

}  // namespace hubbub::postgres
