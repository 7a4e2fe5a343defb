#include "net/utf8_stream.h"

#include <cstring>

namespace hubbub {

bool Utf8Stream::start(unsigned char byte) {
  // The table of RFC 3629 section 4.
  low_ = 0x80;
  high_ = 0xBF;
  if (byte < 0x80) return true;
  if (byte >= 0xC2 && byte <= 0xDF) {
    wanted_ = 1;
  } else if (byte >= 0xE0 && byte <= 0xEF) {
    wanted_ = 2;
    if (byte == 0xE0) low_ = 0xA0;
    if (byte == 0xED) high_ = 0x9F;
  } else if (byte >= 0xF0 && byte <= 0xF4) {
    wanted_ = 3;
    if (byte == 0xF0) low_ = 0x90;
    if (byte == 0xF4) high_ = 0x8F;
  } else {
    return false;
  }
  return true;
}

bool Utf8Stream::push(std::string_view piece) {
  const char* at = piece.data();
  const char* const end = at + piece.size();
  while (at != end) {
    if (wanted_ == 0) {
      // Eight ASCII bytes at a time.
      std::uint64_t word = 0;
      while (end - at >= 8) {
        std::memcpy(&word, at, 8);
        if ((word & 0x8080808080808080U) != 0) break;
        at += 8;
      }
      if (at == end) return true;
      if (!start(static_cast<unsigned char>(*at++))) return false;
    } else {
      const auto byte = static_cast<unsigned char>(*at++);
      if (byte < low_ || byte > high_) return false;
      low_ = 0x80;
      high_ = 0xBF;
      --wanted_;
    }
  }
  return true;
}

}  // namespace hubbub
