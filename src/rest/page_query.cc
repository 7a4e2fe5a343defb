#include "rest/page_query.h"

#include <algorithm>
#include <limits>
#include <string>

#include "rest/whole_number.h"

namespace hubbub {
namespace {

constexpr std::int64_t kLimitMax = 500;
constexpr std::int64_t kOffsetMax = 1'000'000;
constexpr std::int64_t kDaysMax = 366;

Error invalid(std::string_view name) {
  const std::string field(name);
  return {Code::kInvalid, "Invalid '" + field + "' query parameter", field};
}

// Nothing when it is missing or empty. Errors: kInvalid unless it is `least` to `most`.
Result<std::optional<std::int64_t>> read_number(const FormFields& query, std::string_view name,
                                                std::int64_t least, std::int64_t most) {
  const auto text = form_field(query, name);
  if (text.empty()) return std::optional<std::int64_t>();
  const auto number = whole_number(text);
  if (!number || *number < least || *number > most) return invalid(name);
  return number;
}

}  // namespace

Result<PageQuery> read_page(const FormFields& query) {
  PageQuery page;
  const auto limit = read_number(query, "limit", 1, std::numeric_limits<std::int64_t>::max());
  if (!limit) return limit.error();
  const auto offset = read_number(query, "offset", 0, kOffsetMax);
  if (!offset) return offset.error();
  page.limit = std::min(limit->value_or(page.limit), kLimitMax);
  page.offset = offset->value_or(page.offset);
  return page;
}

Result<std::optional<std::int64_t>> read_before_id(const FormFields& query) {
  return read_number(query, "before_id", 1, std::numeric_limits<std::int64_t>::max());
}

Result<std::int64_t> read_days(const FormFields& query, std::int64_t unless_given) {
  const auto days = read_number(query, "days", 1, kDaysMax);
  if (!days) return days.error();
  return days->value_or(unless_given);
}

Result<std::int64_t> read_id(const FormFields& query, std::string_view name) {
  const std::string field(name);
  const auto text = form_field(query, name);
  if (text.empty()) return Error{Code::kInvalid, "Missing " + field + " parameter", field};
  const auto id = whole_number(text);
  if (!id) return Error{Code::kInvalid, "Invalid " + field, field};
  return *id;
}

bool has_field(const FormFields& query, std::string_view name) {
  return std::ranges::any_of(query, [name](const auto& field) { return field.first == name; });
}

bool is_set(const FormFields& query, std::string_view name) {
  const auto value = form_field(query, name);
  return value == "1" || value == "true";
}

}  // namespace hubbub
