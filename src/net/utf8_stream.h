// UTF-8 (RFC 3629) that arrives in pieces: each byte is judged as it comes, so that a bad text is
// refused before its end. Whole texts are checked faster by wire/utf8.h.
#pragma once

#include <cstdint>
#include <string_view>

namespace hubbub {

class Utf8Stream {
 public:
  // False: no continuation can make this a valid text. REQUIRES: no false before.
  [[nodiscard]] bool push(std::string_view piece);
  // May the text end here? False within a code point.
  [[nodiscard]] bool is_complete() const { return wanted_ == 0; }

 private:
  bool start(unsigned char byte);

  std::uint8_t wanted_ = 0;  // continuation bytes still to come
  // The bounds of the next continuation byte. Narrower than 80..BF after E0, ED, F0 and F4: there
  // they keep out overlong forms, surrogates and what is above U+10FFFF.
  std::uint8_t low_ = 0x80;
  std::uint8_t high_ = 0xBF;
};

}  // namespace hubbub
