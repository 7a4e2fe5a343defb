// Single claims of a token, read strictly. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "auth/json_object.h"
#include "base/clock.h"
#include "base/error.h"

namespace hubbub {

// A NumericDate (RFC 7519 2). Nothing for anything else.
std::optional<Time> time_of(const JsonObject& claims, std::string_view name);

// A name or id: 1 to 255 bytes, no control characters. Errors: kUnauthorized with a detail for the
// log that holds nothing of the token.
Result<std::string> name_of(const JsonObject& claims, std::string_view member);

}  // namespace hubbub
