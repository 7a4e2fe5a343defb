// Numbers in queries.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace hubbub {

// The whole text as a decimal number, which may be negative; nothing for anything else.
std::optional<std::int64_t> whole_number(std::string_view text);

}  // namespace hubbub
