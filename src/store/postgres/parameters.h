// The values of one statement's $1, $2 …, in PostgreSQL's binary format.
// Source: PostgreSQL 15, src/backend/utils/adt/*: each type's …recv function.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "store/sql/database.h"

namespace hubbub::postgres {

// Object identifiers of types, fixed for ever (pg_type.dat).
enum TypeId : unsigned {
  kBoolean = 16,
  kBigint = 20,
  kText = 25,
  kTimestamp = 1114,
  kBigintArray = 1016,
  kTextArray = 1009,
  kTimestampArray = 1115,
};

class Parameters {
 public:
  void add(std::int64_t value);
  void add(bool value);
  void add(Time value);
  void add(std::string_view value);
  void add_null(sql::ValueKind kind);
  // Arrays of one dimension; an element without a value is NULL.
  void add(std::span<const std::int64_t> values);
  void add(std::span<const Time> values);
  void add(std::span<const std::optional<std::string_view>> values);
  void clear();

  [[nodiscard]] int count() const { return static_cast<int>(types_.size()); }
  // As libpq takes them. Borrow: until the next change.
  [[nodiscard]] const unsigned* types() const { return types_.data(); }
  [[nodiscard]] std::vector<const char*> values() const;
  [[nodiscard]] const int* lengths() const { return lengths_.data(); }
  // All are binary.
  [[nodiscard]] std::vector<int> formats() const { return std::vector<int>(types_.size(), 1); }

 private:
  void begin(TypeId type);
  void end();
  void begin_array(TypeId type, TypeId element, std::size_t count, bool has_null);
  void put(std::int64_t value, int bytes);

  static constexpr std::size_t kNull = static_cast<std::size_t>(-1);
  std::string bytes_;
  std::vector<unsigned> types_;
  std::vector<std::size_t> starts_;  // in bytes_; kNull
  std::vector<int> lengths_;
};

}  // namespace hubbub::postgres
