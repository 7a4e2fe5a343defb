#include "store/postgres/prepared.h"

#include <libpq-fe.h>

#include <atomic>
#include <cctype>

#include "base/check.h"
#include "store/postgres/timestamp.h"

namespace hubbub::postgres {
namespace {

// ?1 is $1 here.
std::string with_dollars(const std::string& sql) {
  std::string text = sql;
  bool in_literal = false;
  for (std::size_t i = 0; i + 1 < text.size(); ++i) {
    if (text[i] == '\'') in_literal = !in_literal;
    const bool is_number = std::isdigit(static_cast<unsigned char>(text[i + 1])) != 0;
    if (!in_literal && text[i] == '?' && is_number) text[i] = '$';
  }
  return text;
}

std::string next_name() {
  static std::atomic<std::int64_t> count{0};
  return "s" + std::to_string(++count);
}

}  // namespace

Prepared::Prepared(Database& database, const std::string& sql)
    : database_(database), sql_(with_dollars(sql)), name_(next_name()) {}

void Prepared::bind(int index, std::int64_t value) {
  HUBBUB_CHECK(index == parameters_.count() + 1);
  parameters_.add(value);
}

void Prepared::bind(int index, bool value) {
  HUBBUB_CHECK(index == parameters_.count() + 1);
  parameters_.add(value);
}

void Prepared::bind(int index, Time value) {
  HUBBUB_CHECK(index == parameters_.count() + 1);
  parameters_.add(value);
}

void Prepared::bind(int index, std::string_view value) {
  HUBBUB_CHECK(index == parameters_.count() + 1);
  parameters_.add(value);
}

void Prepared::bind_null(int index, sql::ValueKind kind) {
  HUBBUB_CHECK(index == parameters_.count() + 1);
  parameters_.add_null(kind);
}

bool Prepared::next() {
  if (!has_run_) run();
  if (error_) return false;
  return ++row_ < PQntuples(result_.get());
}

void Prepared::run() {
  has_run_ = true;
  row_ = -1;
  if (Status queued = queue(parameters_); !queued) {
    error_ = queued.error();
    return;
  }
  auto connected = database_.connection();
  auto results = connected ? (*connected)->run() : connected.error();
  if (!results) {
    on_failure();
    error_ = results.error();
    error_->detail += " in: " + sql_.substr(0, 80);
    return;
  }
  result_ = std::move(results->back());
  database_.note_changes(result_);
}

Status Prepared::queue(const Parameters& parameters) {
  auto connected = database_.connection();
  if (!connected) return connected.error();
  Connection& connection = **connected;
  const bool is_known = generation_ == database_.generation();
  if (!is_known) {
    generation_ = database_.generation();
    is_named_ = false;
    connection.queue(sql_, parameters);
    return {};
  }
  if (!is_named_) connection.queue_prepare(name_, sql_, parameters);
  is_named_ = true;
  connection.queue_prepared(name_, parameters);
  return {};
}

void Prepared::on_failure() {
  is_named_ = false;
  name_ = next_name();
}

Status Prepared::status() const {
  if (error_) return *error_;
  return {};
}

void Prepared::reset() {
  parameters_.clear();
  result_.reset();
  error_.reset();
  has_run_ = false;
}

std::int64_t Prepared::integer(int column) const {
  return read_integer(result_.get(), row_, column);
}

std::string Prepared::text(int column) const { return read_text(result_.get(), row_, column); }

Time Prepared::time(int column) const {
  if (is_null(column)) return {};
  return from_timestamp(integer(column));
}

bool Prepared::is_null(int column) const { return PQgetisnull(result_.get(), row_, column) == 1; }

std::int64_t read_integer(const pg_result* result, int row, int column) {
  const int size = PQgetlength(result, row, column);
  const char* bytes = PQgetvalue(result, row, column);
  // The first byte has the sign.
  std::int64_t value = size > 1 && static_cast<signed char>(bytes[0]) < 0 ? -1 : 0;
  for (int i = 0; i < size; ++i) {
    value = static_cast<std::int64_t>(static_cast<std::uint64_t>(value) << 8 |
                                      static_cast<unsigned char>(bytes[i]));
  }
  return value;
}

std::string read_text(const pg_result* result, int row, int column) {
  return {PQgetvalue(result, row, column),
          static_cast<std::size_t>(PQgetlength(result, row, column))};
}

}  // namespace hubbub::postgres
