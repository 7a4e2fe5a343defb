// A database to be read: the little that SQLite and PostgreSQL must both do here. All that one of
// them is asked is answered from the same instant.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace hubbub::torture {

// The columns of one row as text; what is null is empty. Valid during the call that is given it.
using Row = std::span<const std::string_view>;

// Errors: std::runtime_error with a sentence, in all of it.
class Database {
 public:
  virtual ~Database() = default;
  // Row by row: a result is never held as a whole.
  virtual void query(const std::string& sql, const std::function<void(Row)>& take) = 0;
};

// Reads only; what is in the write-ahead log counts.
std::unique_ptr<Database> open_sqlite(const std::string& path);
// `conninfo`: as libpq takes it, a URL or "host=… dbname=…".
std::unique_ptr<Database> open_postgresql(const std::string& conninfo);

}  // namespace hubbub::torture
