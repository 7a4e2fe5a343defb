#include "store/sqlite/prepared.h"

#include <sqlite3.h>

#include "base/check.h"

namespace hubbub::sqlite {

Prepared::~Prepared() { sqlite3_finalize(compiled_); }

bool Prepared::is_ready() {
  if (error_) return false;
  if (!compiled_) {
    note(sqlite3_prepare_v3(database_.handle_, sql_.c_str(), -1, SQLITE_PREPARE_PERSISTENT,
                            &compiled_, nullptr));
    return !error_;
  }
  HUBBUB_CHECK(!sqlite3_stmt_busy(compiled_));
  return true;
}

void Prepared::bind(int index, std::int64_t value) {
  if (is_ready()) note(sqlite3_bind_int64(compiled_, index, value));
}

void Prepared::bind(int index, bool value) { bind(index, static_cast<std::int64_t>(value)); }

void Prepared::bind(int index, Time value) {
  bind(index, static_cast<std::int64_t>(value.time_since_epoch().count()));
}

void Prepared::bind(int index, std::string_view value) {
  if (!is_ready()) return;
  // A null pointer would bind NULL.
  note(sqlite3_bind_text64(compiled_, index, value.data() ? value.data() : "", value.size(),
                           SQLITE_TRANSIENT, SQLITE_UTF8));
}

void Prepared::bind_null(int index, sql::ValueKind) {
  if (is_ready()) note(sqlite3_bind_null(compiled_, index));
}

bool Prepared::next() {
  if (error_ || (!compiled_ && !is_ready())) return false;
  const int code = sqlite3_step(compiled_);
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE) error_ = database_.last_error(sql_);
  return false;
}

Status Prepared::status() const {
  if (error_) return *error_;
  return {};
}

void Prepared::reset() {
  error_.reset();
  if (!compiled_) return;
  sqlite3_reset(compiled_);
  sqlite3_clear_bindings(compiled_);
}

void Prepared::note(int code) {
  if (code != SQLITE_OK) error_ = database_.last_error(sql_);
}

std::int64_t Prepared::integer(int column) const { return sqlite3_column_int64(compiled_, column); }

std::string Prepared::text(int column) const {
  // The text first: it may convert the value, and the length is that of the converted one.
  const unsigned char* bytes = sqlite3_column_text(compiled_, column);
  const int size = sqlite3_column_bytes(compiled_, column);
  if (!bytes) return {};
  return {reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size)};
}

Time Prepared::time(int column) const { return Time(std::chrono::microseconds(integer(column))); }

bool Prepared::is_null(int column) const {
  return sqlite3_column_type(compiled_, column) == SQLITE_NULL;
}

}  // namespace hubbub::sqlite
