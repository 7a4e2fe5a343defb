// base64url without padding (RFC 7515 2, RFC 4648 5), strict: one text for each sequence of bytes.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace hubbub {

// Nothing for padding, a foreign character, an impossible length, or bits beyond the last whole
// byte that are not zero: else one token would have many spellings.
std::optional<std::string> base64url_decode(std::string_view text);
std::string base64url_encode(std::string_view bytes);

}  // namespace hubbub
