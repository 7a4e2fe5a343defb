#include "wire/utf8.h"

#include <simdjson.h>

namespace hubbub {

bool is_utf8(std::string_view text) { return simdjson::validate_utf8(text.data(), text.size()); }

std::size_t code_point_count(std::string_view text) {
  std::size_t count = 0;
  // A continuation byte is 10xxxxxx; every other byte starts a code point.
  for (const char c : text) count += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  return count;
}

}  // namespace hubbub
