#include "store/postgres/parameters.h"

#include <algorithm>

#include "store/postgres/timestamp.h"

namespace hubbub::postgres {
namespace {

// U+FFFD.
constexpr std::string_view kReplacement = "\xef\xbf\xbd";

TypeId type_of(sql::ValueKind kind) {
  switch (kind) {
    case sql::ValueKind::kInteger:
      return kBigint;
    case sql::ValueKind::kBoolean:
      return kBoolean;
    case sql::ValueKind::kText:
      return kText;
    case sql::ValueKind::kTime:
      return kTimestamp;
  }
  return kText;
}

}  // namespace

void Parameters::add(std::int64_t value) {
  begin(kBigint);
  put(value, 8);
  end();
}

void Parameters::add(bool value) {
  begin(kBoolean);
  put(value ? 1 : 0, 1);
  end();
}

void Parameters::add(Time value) {
  begin(kTimestamp);
  put(to_timestamp(value), 8);
  end();
}

void Parameters::add(std::string_view value) {
  begin(kText);
  // What is looked for may have a U+0000 in it, which no stored text has: it finds nothing.
  for (auto zero = value.find('\0'); zero != value.npos; zero = value.find('\0')) {
    bytes_.append(value.substr(0, zero)).append(kReplacement);
    value.remove_prefix(zero + 1);
  }
  bytes_ += value;
  end();
}

void Parameters::add_null(sql::ValueKind kind) {
  types_.push_back(type_of(kind));
  starts_.push_back(kNull);
  lengths_.push_back(0);
}

void Parameters::add(std::span<const std::int64_t> values) {
  begin_array(kBigintArray, kBigint, values.size(), false);
  for (const std::int64_t value : values) {
    put(8, 4);
    put(value, 8);
  }
  end();
}

void Parameters::add(std::span<const Time> values) {
  begin_array(kTimestampArray, kTimestamp, values.size(), false);
  for (const Time value : values) {
    put(8, 4);
    put(to_timestamp(value), 8);
  }
  end();
}

void Parameters::add(std::span<const std::optional<std::string_view>> values) {
  const bool has_null = std::ranges::any_of(values, [](const auto& value) { return !value; });
  begin_array(kTextArray, kText, values.size(), has_null);
  for (const auto& value : values) {
    put(value ? static_cast<std::int64_t>(value->size()) : -1, 4);
    if (value) bytes_ += *value;
  }
  end();
}

void Parameters::clear() {
  bytes_.clear();
  types_.clear();
  starts_.clear();
  lengths_.clear();
}

std::vector<const char*> Parameters::values() const {
  std::vector<const char*> values;
  values.reserve(starts_.size());
  for (const std::size_t start : starts_) {
    values.push_back(start == kNull ? nullptr : bytes_.data() + start);
  }
  return values;
}

void Parameters::begin(TypeId type) {
  types_.push_back(type);
  starts_.push_back(bytes_.size());
}

void Parameters::end() { lengths_.push_back(static_cast<int>(bytes_.size() - starts_.back())); }

// array_recv: dimensions, whether any is NULL, the elements' type, then size and first index of the
// one dimension.
void Parameters::begin_array(TypeId type, TypeId element, std::size_t count, bool has_null) {
  begin(type);
  put(1, 4);
  put(has_null ? 1 : 0, 4);
  put(element, 4);
  put(static_cast<std::int64_t>(count), 4);
  put(1, 4);
}

// Most significant byte first.
void Parameters::put(std::int64_t value, int bytes) {
  for (int shift = (bytes - 1) * 8; shift >= 0; shift -= 8) {
    bytes_ += static_cast<char>(static_cast<std::uint64_t>(value) >> shift);
  }
}

}  // namespace hubbub::postgres
