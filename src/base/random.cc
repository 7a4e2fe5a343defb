#include "base/random.h"

#include <sodium.h>

#include <array>
#include <cstdio>
#include <vector>

namespace hubbub {

std::string random_token(std::size_t bytes) {
  std::vector<unsigned char> raw(bytes);
  randombytes_buf(raw.data(), raw.size());
  constexpr int kVariant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
  std::string text(sodium_base64_encoded_len(bytes, kVariant), '\0');
  sodium_bin2base64(text.data(), text.size(), raw.data(), raw.size(), kVariant);
  text.pop_back();  // the terminating zero that libsodium counts
  return text;
}

std::string random_uuid() {
  std::array<unsigned char, 16> raw;
  randombytes_buf(raw.data(), raw.size());
  raw[6] = (raw[6] & 0x0f) | 0x40;
  raw[8] = (raw[8] & 0x3f) | 0x80;
  std::string text;
  for (std::size_t i = 0; i < raw.size(); ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) text += '-';
    std::array<char, 3> hex;
    std::snprintf(hex.data(), hex.size(), "%02x", raw[i]);
    text += hex.data();
  }
  return text;
}

std::uint32_t random_below(std::uint32_t bound) { return randombytes_uniform(bound); }

}  // namespace hubbub
