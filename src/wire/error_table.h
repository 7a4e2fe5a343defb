// Every refusal that a user can see: its stable name, its HTTP status, its text, and whether the
// same request may succeed later. docs/protocol.md and docs/api.md print this table.
#pragma once

#include <span>
#include <string_view>

#include "base/error.h"

namespace hubbub {

struct ErrorRow {
  Code code;
  std::string_view name;  // on the wire
  int http_status;
  std::string_view text;  // for the person, when the error brings none of its own
  bool may_retry;
};

std::span<const ErrorRow> error_table();
const ErrorRow& error_row(Code code);

// The sentence to show: the error's own detail where it was written for the sender (4xx), else the
// row's text; what happened inside the server stays in the log.
std::string_view error_text(const Error& error);

}  // namespace hubbub
