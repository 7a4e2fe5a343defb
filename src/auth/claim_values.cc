#include "auth/claim_values.h"

#include <chrono>

#include "auth/token_refusal.h"

namespace hubbub {
namespace {

// OpenID Connect Core 2: sub has 255 ASCII characters at most.
constexpr std::size_t kIdBytesMax = 255;
// The year 5138: later is a mistake of units (milliseconds), and would overflow microseconds.
constexpr double kSecondsMax = 1e11;

// C0, DEL and C1 (U+0080 to U+009F, two bytes that start with 0xC2).
bool has_control_character(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c < 0x20 || c == 0x7f) return true;
    if (c == 0xc2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xa0)
      return true;
  }
  return false;
}

}  // namespace

std::optional<Time> time_of(const JsonObject& claims, std::string_view name) {
  const auto seconds = claims.number(name);
  if (!seconds || *seconds < 0 || *seconds > kSecondsMax) return std::nullopt;
  return Time(std::chrono::microseconds(static_cast<std::int64_t>(*seconds * 1e6)));
}

Result<std::string> name_of(const JsonObject& claims, std::string_view member) {
  const auto text = claims.string(member).value_or("");
  if (text.empty()) return token_refused("token lacks " + std::string(member));
  if (has_control_character(text)) {
    return token_refused("token has a control character in " + std::string(member));
  }
  if (text.size() > kIdBytesMax) return token_refused("token has a long " + std::string(member));
  return std::string(text);
}

}  // namespace hubbub
