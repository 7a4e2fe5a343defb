#include "app/setting_values.h"

#include <array>
#include <charconv>
#include <limits>
#include <optional>
#include <utility>

namespace hubbub {
namespace {

// The number at the start of `text`, and the unit behind it.
std::optional<std::pair<std::int64_t, std::string_view>> split_unit(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || number < 0) return std::nullopt;
  return std::pair(number, text.substr(static_cast<std::size_t>(end - text.data())));
}

}  // namespace

Result<std::chrono::milliseconds> parse_duration(std::string_view text) {
  constexpr std::array<std::pair<std::string_view, std::int64_t>, 6> kUnits = {
      {{"", 1'000}, {"ms", 1}, {"s", 1'000}, {"m", 60'000}, {"h", 3'600'000}, {"d", 86'400'000}}};
  if (const auto split = split_unit(text)) {
    for (const auto& [unit, milliseconds] : kUnits) {
      if (split->second != unit) continue;
      if (split->first > 36'500LL * 86'400'000 / milliseconds) break;  // a hundred years
      return std::chrono::milliseconds(split->first * milliseconds);
    }
  }
  return Error{Code::kInvalid, "is no duration such as 30s, 5ms, 10m, 12h or 7d"};
}

Result<std::size_t> parse_bytes(std::string_view text) {
  constexpr std::array<std::pair<std::string_view, std::int64_t>, 3> kUnits = {
      {{"", 1}, {"KiB", 1'024}, {"MiB", 1'048'576}}};
  if (const auto split = split_unit(text)) {
    for (const auto& [unit, bytes] : kUnits) {
      if (split->second != unit) continue;
      if (split->first > (std::int64_t{1} << 40) / bytes) break;
      return static_cast<std::size_t>(split->first * bytes);
    }
  }
  return Error{Code::kInvalid, "is no size such as 65536, 64KiB or 16MiB"};
}

Result<std::int64_t> parse_integer(std::string_view text, std::int64_t low, std::int64_t high) {
  const auto split = split_unit(text);
  if (!split || !split->second.empty() || split->first < low || split->first > high) {
    return Error{Code::kInvalid,
                 "must be a number from " + std::to_string(low) + " to " + std::to_string(high)};
  }
  return split->first;
}

std::vector<std::string> parse_list(std::string_view text) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const auto comma = text.find(',');
    auto part = text.substr(0, comma);
    text = comma == std::string_view::npos ? std::string_view{} : text.substr(comma + 1);
    while (!part.empty() && part.front() == ' ') part.remove_prefix(1);
    while (!part.empty() && part.back() == ' ') part.remove_suffix(1);
    if (!part.empty()) parts.emplace_back(part);
  }
  return parts;
}

}  // namespace hubbub
