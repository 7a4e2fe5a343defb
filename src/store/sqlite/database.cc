#include "store/sqlite/database.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <mutex>
#include <system_error>
#include <thread>

#include "base/check.h"
#include "store/sqlite/dialect.h"
#include "store/sqlite/extensions.h"
#include "store/sqlite/prepared.h"

namespace hubbub::sqlite {
namespace {

constexpr int kBusyTimeoutMs = 5'000;

// temp_store: sorting must not depend on a writable /tmp. cache_size: 64 MiB, in KiB when negative;
// a writer's index of random send keys wants it. wal_autocheckpoint: 32 MiB, in pages of 4 KiB; a
// large batch fills the default of 1,000 pages alone, and then each commit would copy its pages
// twice. journal_size_limit: what the file keeps after a burst; it grows beyond while some reader
// holds on to an old state.
constexpr const char* kSettings =
    "PRAGMA synchronous = FULL;"
    "PRAGMA foreign_keys = ON;"
    "PRAGMA temp_store = MEMORY;"
    "PRAGMA cache_size = -65536;"
    "PRAGMA wal_autocheckpoint = 8192;"
    "PRAGMA journal_size_limit = 67108864;";
constexpr const char* kReadOnlySettings =
    "PRAGMA query_only = ON;"
    "PRAGMA cache_size = -8192;";

Error unavailable(std::string detail) { return Error{Code::kUnavailable, std::move(detail)}; }

// SQLite alone would only say "unable to open database file", and make the file readable by
// everyone.
Status prepare_file(const std::string& path, Database::Mode mode) {
  const std::filesystem::path folder = std::filesystem::path(path).parent_path();
  std::error_code ignored;
  if (!folder.empty() && !std::filesystem::is_directory(folder, ignored)) {
    return unavailable("the folder " + folder.string() + " for the database does not exist");
  }
  if (std::filesystem::is_directory(path, ignored)) {
    return unavailable("the database " + path + " is a folder");
  }
  // close() on an open database would drop the locks that this process holds on it: only a new file
  // is opened here, and nobody gets on to SQLite meanwhile.
  static std::mutex creating;
  std::lock_guard lock(creating);
  if (::access(path.c_str(), R_OK | W_OK) == 0) return {};
  if (errno == ENOENT && mode == Database::Mode::kReadWrite) {
    const int file = ::open(path.c_str(), O_RDWR | O_CLOEXEC | O_CREAT | O_EXCL, 0600);
    if (file >= 0) {
      ::close(file);
      return {};
    }
    if (errno == EEXIST) return {};
  }
  return unavailable("cannot open the database " + path + ": " + std::strerror(errno));
}

}  // namespace

Database::Database(std::string path, sqlite3* handle) : path_(std::move(path)), handle_(handle) {}

// Statements that outlive this keep the handle until they go (sqlite3_close_v2).
Database::~Database() { sqlite3_close_v2(handle_); }

Result<std::unique_ptr<Database>> Database::open(const std::string& path, Mode mode) {
  if (Status prepared = prepare_file(path, mode); !prepared) return prepared.error();
  sqlite3* handle = nullptr;
  // A connection that only reads needs to write to the shared memory of the WAL all the same.
  const int code =
      sqlite3_open_v2(path.c_str(), &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
  if (!handle) return unavailable("no memory to open the database");
  std::unique_ptr<Database> database(new Database(path, handle));
  if (code != SQLITE_OK) return database->last_error("open");
  sqlite3_extended_result_codes(handle, 1);
  sqlite3_busy_timeout(handle, kBusyTimeoutMs);
  if (register_extensions(handle) != SQLITE_OK) return database->last_error("register extensions");
  if (Status set = database->execute(kSettings); !set) return set.error();
  if (mode == Mode::kReadOnly) {
    if (Status set = database->execute(kReadOnlySettings); !set) return set.error();
    return database;
  }
  if (Status set = database->write_ahead(); !set) return set.error();
  return database;
}

// Two that open a new file at once are both told "busy" without waiting: each could wait for the
// other.
Status Database::write_ahead() {
  constexpr auto kPause = std::chrono::milliseconds(10);
  Statement journal(*this, "PRAGMA journal_mode = WAL");
  for (int tries_left = kBusyTimeoutMs / 10;; --tries_left) {
    Rows rows = journal.query();
    if (rows.next()) {
      if (rows.text(0) == "wal") return {};
      return unavailable("the database " + path_ +
                         " cannot have a write-ahead log on this file system");
    }
    const bool is_busy = (sqlite3_errcode(handle_) & 0xff) == SQLITE_BUSY;
    if (!is_busy || tries_left == 0) return rows.status();
    std::this_thread::sleep_for(kPause);
  }
}

Status Database::execute(const std::string& script) {
  if (sqlite3_exec(handle_, script.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
    return last_error(std::string_view(script).substr(0, 60));
  }
  return {};
}

std::unique_ptr<sql::PreparedStatement> Database::prepare(const std::string& sql) {
  return std::make_unique<Prepared>(*this, sql);
}

const sql::Dialect& Database::dialect() const { return sqlite::dialect(); }

// Changes when another connection has committed since.
Result<std::int64_t> Database::version() { return data_version_.number(); }

Status Database::begin(bool is_write) {
  HUBBUB_CHECK(!in_transaction_);
  // Left over where even the ROLLBACK failed.
  if (Status clean = roll_back(); !clean) return clean;
  Status begun = execute(is_write ? "BEGIN IMMEDIATE" : "BEGIN");
  if (begun && is_write) {
    begun = check_files();
    if (!begun) (void)roll_back();
  }
  in_transaction_ = begun.has_value();
  return begun;
}

Database::Files Database::find_files() const {
  Files files;
  std::size_t at = 0;
  for (const auto& path : {path_, path_ + "-wal"}) {
    struct stat found {};
    const bool is_there = ::stat(path.c_str(), &found) == 0;
    files.numbers.at(at++) = is_there ? found.st_dev : 0;
    files.numbers.at(at++) = is_there ? found.st_ino : 0;
  }
  return files;
}

// With a write-ahead log SQLite does not look (sqlite.org/howtocorrupt.html, 2.4): it would go on
// in a file that has no name any more. Cost: two stat() a transaction, some microseconds.
Status Database::check_files() {
  const auto found = find_files();
  if (!files_) files_ = found;
  if (found == *files_) return {};
  return unavailable("the database " + path_ + " or its -wal was deleted, moved or replaced");
}

Status Database::end(bool commit) {
  in_transaction_ = false;
  if (!commit) return roll_back();
  Status done = execute("COMMIT");
  if (!done) (void)roll_back();
  return done;
}

Status Database::roll_back() {
  // After some failures (full, I/O) SQLite has rolled back by itself.
  if (sqlite3_get_autocommit(handle_)) return {};
  return execute("ROLLBACK");
}

void Database::set_patience(std::chrono::milliseconds patience) {
  sqlite3_busy_timeout(handle_, static_cast<int>(patience.count()));
}

std::int64_t Database::last_insert_id() const { return sqlite3_last_insert_rowid(handle_); }

std::int64_t Database::change_count() const { return sqlite3_changes64(handle_); }

Error Database::last_error(std::string_view what) const {
  std::string detail = "database " + path_ + ": " + sqlite3_errmsg(handle_) + " (SQLite code " +
                       std::to_string(sqlite3_extended_errcode(handle_)) + ") in: ";
  return unavailable(detail.append(what));
}

}  // namespace hubbub::sqlite
