// Unguessable names and numbers, from the operating system. Thread: any.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace hubbub {

// base64url without padding of `bytes` random bytes; 32 bytes are enough for any secret.
std::string random_token(std::size_t bytes);
// A version 4 UUID, RFC 9562 5.4.
std::string random_uuid();
// Uniform in [0, bound). REQUIRES: bound > 0.
std::uint32_t random_below(std::uint32_t bound);

}  // namespace hubbub
