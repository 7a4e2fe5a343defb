// Secrets that are compared and stored. Pure.
#pragma once

#include <string>
#include <string_view>

namespace hubbub {

// SHA-256 in base64url. Enough for secrets of 128 random bits and more; passwords need password.h.
std::string secret_hash(std::string_view secret);

// Takes the same time whatever the difference. Lengths may show.
bool equal_in_constant_time(std::string_view left, std::string_view right);

}  // namespace hubbub
