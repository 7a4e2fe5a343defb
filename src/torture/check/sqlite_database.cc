#include <sqlite3.h>

#include <stdexcept>
#include <vector>

#include "torture/check/database.h"

namespace hubbub::torture {
namespace {

class SqliteDatabase final : public Database {
 public:
  explicit SqliteDatabase(const std::string& path) : path_(path) {
    sqlite3* handle = nullptr;
    const int code =
        sqlite3_open_v2(path.c_str(), &handle, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, nullptr);
    handle_.reset(handle);
    if (code != SQLITE_OK) fail("open");
    sqlite3_busy_timeout(handle, kBusyTimeoutMs);
    query("BEGIN", [](Row) {});
  }

  void query(const std::string& sql, const std::function<void(Row)>& take) override {
    sqlite3_stmt* prepared = nullptr;
    const int code = sqlite3_prepare_v2(handle_.get(), sql.c_str(), -1, &prepared, nullptr);
    const std::unique_ptr<sqlite3_stmt, Finalize> statement(prepared);
    if (code != SQLITE_OK) fail(sql);
    std::vector<std::string_view> row(static_cast<std::size_t>(sqlite3_column_count(prepared)));
    int step = SQLITE_OK;
    while ((step = sqlite3_step(prepared)) == SQLITE_ROW) {
      for (std::size_t i = 0; i < row.size(); ++i) row[i] = column(prepared, static_cast<int>(i));
      take(row);
    }
    if (step != SQLITE_DONE) fail(sql);
  }

 private:
  // Nobody else should have it open; a server that is just leaving may.
  static constexpr int kBusyTimeoutMs = 5'000;

  struct Close {
    void operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
  };
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
  };

  static std::string_view column(sqlite3_stmt* statement, int index) {
    const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, index));
    if (!text) return {};
    return {text, static_cast<std::size_t>(sqlite3_column_bytes(statement, index))};
  }

  [[noreturn]] void fail(const std::string& what) const {
    throw std::runtime_error("cannot read the database " + path_ + ": " +
                             (handle_ ? sqlite3_errmsg(handle_.get()) : "no memory") +
                             " in: " + what);
  }

  const std::string path_;
  std::unique_ptr<sqlite3, Close> handle_;
};

}  // namespace

std::unique_ptr<Database> open_sqlite(const std::string& path) {
  return std::make_unique<SqliteDatabase>(path);
}

}  // namespace hubbub::torture
