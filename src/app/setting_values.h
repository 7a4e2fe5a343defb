// Reads single values of settings from text. Pure.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace hubbub {

// "5ms", "30s", "10m", "12h", "7d"; a bare number counts seconds. Errors: kInvalid.
Result<std::chrono::milliseconds> parse_duration(std::string_view text);
// Bytes: "65536", "64KiB", "16MiB". Errors: kInvalid.
Result<std::size_t> parse_bytes(std::string_view text);
// Errors: kInvalid outside [low, high].
Result<std::int64_t> parse_integer(std::string_view text, std::int64_t low, std::int64_t high);
// Comma-separated, spaces about the parts dropped, empty parts left out.
std::vector<std::string> parse_list(std::string_view text);

}  // namespace hubbub
