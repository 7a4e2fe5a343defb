// What a connection of hubbub.v1 has of a log. docs/protocol.md, Logs and positions
#pragma once

#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace hubbub::bench {

struct Position {
  std::string epoch;
  std::uint64_t seq = 0;
};

// The first "seq" of a frame: of a message or of `subscribed` the entry's and the log's.
inline std::optional<std::uint64_t> read_seq(std::string_view payload) {
  constexpr std::string_view kName = R"("seq":)";
  const auto at = payload.find(kName);
  if (at == std::string_view::npos) return std::nullopt;
  const auto digits = payload.substr(at + kName.size());
  std::uint64_t seq = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), seq);
  if (error != std::errc()) return std::nullopt;
  return seq;
}

// The position in a `subscribed`.
inline std::optional<Position> read_position(std::string_view payload) {
  constexpr std::string_view kName = R"("epoch":")";
  const auto at = payload.find(kName);
  const auto seq = read_seq(payload);
  if (at == std::string_view::npos || !seq) return std::nullopt;
  const auto rest = payload.substr(at + kName.size());
  const auto end = rest.find('"');
  if (end == std::string_view::npos) return std::nullopt;
  return Position{std::string(rest.substr(0, end)), *seq};
}

inline bool is_of_inbox(std::string_view payload) {
  return payload.find(R"("log":"inbox")") != std::string_view::npos;
}

}  // namespace hubbub::bench
