// UTF-8 (RFC 3629): validity and length of whole texts. What arrives in pieces is checked in
// net/utf8_stream.h.
#pragma once

#include <cstddef>
#include <string_view>

namespace hubbub {

// No overlong form, no surrogate, nothing above U+10FFFF.
bool is_utf8(std::string_view text);

// Unit: Unicode code points. REQUIRES: is_utf8(text).
std::size_t code_point_count(std::string_view text);

}  // namespace hubbub
