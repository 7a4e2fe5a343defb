// The wait that a server asks for when it turns somebody away, and the status that it does it with.
#pragma once

#include <algorithm>
#include <charconv>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace hubbub::bench {

inline std::optional<int> read_digits(std::string_view text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc()) return std::nullopt;
  return number;
}

// The status of an HTTP answer, whole or its beginning; 0: there is none.
inline int read_status(std::string_view answer) {
  constexpr std::string_view kBegin = "HTTP/1.1 ";
  if (!answer.starts_with(kBegin)) return 0;
  return read_digits(answer.substr(kBegin.size())).value_or(0);
}

// RFC 9110 10.2.3, in seconds. A date is not understood.
inline std::optional<std::chrono::milliseconds> read_retry_after_header(std::string_view answer) {
  std::string lower(answer);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  constexpr std::string_view kName = "\r\nretry-after: ";
  const auto at = lower.find(kName);
  if (at == std::string::npos) return std::nullopt;
  const auto seconds = read_digits(std::string_view(lower).substr(at + kName.size()));
  if (!seconds) return std::nullopt;
  return std::chrono::seconds(*seconds);
}

// {"retry_in_ms":N} of a close frame. docs/protocol.md, Closing
inline std::optional<std::chrono::milliseconds> read_retry_in_ms(std::string_view reason) {
  constexpr std::string_view kName = R"("retry_in_ms":)";
  const auto at = reason.find(kName);
  if (at == std::string_view::npos) return std::nullopt;
  const auto wait = read_digits(reason.substr(at + kName.size()));
  if (!wait) return std::nullopt;
  return std::chrono::milliseconds(*wait);
}

}  // namespace hubbub::bench
