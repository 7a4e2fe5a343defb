#include "command/message_text.h"

#include "wire/utf8.h"

namespace hubbub {

Status check_message_text(std::string_view text) {
  if (text.empty()) return Error{Code::kInvalid, "A message may not be empty.", "message"};
  if (text.find('\0') != std::string_view::npos) {
    return Error{Code::kInvalid, "A message may not hold U+0000.", "message"};
  }
  // A code point has at most 4 bytes: most texts need no counting.
  if (text.size() > kMessageLengthMax && code_point_count(text) > kMessageLengthMax) {
    return Error{Code::kInvalid, "A message may have at most 4000 characters.", "message"};
  }
  return {};
}

}  // namespace hubbub
