// What a message may say.
#pragma once

#include <cstddef>
#include <string_view>

#include "base/error.h"

namespace hubbub {

// Unit: Unicode code points.
inline constexpr std::size_t kMessageLengthMax = 4'000;

// REQUIRES: UTF-8. Errors: kInvalid, field "message".
Status check_message_text(std::string_view text);

}  // namespace hubbub
