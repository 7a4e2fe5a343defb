// A signed token in compact form (RFC 7519, RFC 7515 3.1), read strictly. Pure: no clock, no keys
// of its own, no claims. What it says counts only after KeySet::verify() said yes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "auth/algorithm.h"
#include "auth/json_object.h"
#include "base/error.h"

namespace hubbub {

// A token with many roles has some 4 KiB; a request's header has 16 KiB at most.
inline constexpr std::size_t kTokenBytesMax = 16 * 1024;

struct Jwt {
  Algorithm algorithm;
  std::string key_id;            // `kid`, or empty
  std::string_view signed_text;  // Borrows: the token
  std::string signature;
  std::string payload;  // decoded, not yet parsed: nobody has vouched for it
};

// RFC 8725 3.11: what a token is for, as its header may say in `typ`.
enum class JwtUse : std::uint8_t { kAccess, kLogout };

// Errors: kUnauthorized with a detail for the log that holds nothing of the token.
Result<Jwt> parse_jwt(std::string_view token, JwtUse use = JwtUse::kAccess);

}  // namespace hubbub
