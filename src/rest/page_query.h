// What lists take in their query: pages, filters, days. docs/api.md. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/error.h"
#include "wire/http_message.h"

namespace hubbub {

struct PageQuery {
  std::int64_t limit = 50;
  std::int64_t offset = 0;
};

// Errors of all: kInvalid with the field and the sentence of the old server.

// `limit` above 500 is cut; `offset` has a bound, past which nobody pages.
Result<PageQuery> read_page(const FormFields& query);
// `before_id`: exclusive, positive.
Result<std::optional<std::int64_t>> read_before_id(const FormFields& query);
// `days`: 1 to 366.
Result<std::int64_t> read_days(const FormFields& query, std::int64_t unless_given);
// An id that must be there.
Result<std::int64_t> read_id(const FormFields& query, std::string_view name);

bool has_field(const FormFields& query, std::string_view name);
// "1" or "true", as the old server took them.
bool is_set(const FormFields& query, std::string_view name);

}  // namespace hubbub
