#include "command/restriction.h"

#include <string>

#include "wire/utf8.h"

namespace hubbub {

Status check_user_id(const UserId& user, std::string_view field) {
  const bool has_zero = user.value.find('\0') != std::string::npos;
  if (user.value.size() <= kUserIdBytesMax && !has_zero) return {};
  const std::string name(field);
  return Error{Code::kInvalid, name + " is nobody's id", name};
}

Status check_reason(std::string_view reason) {
  if (code_point_count(reason) > kReasonLengthMax) {
    return Error{Code::kInvalid, "A reason may have at most 256 characters", "reason"};
  }
  if (reason.find('\0') != std::string_view::npos) {
    return Error{Code::kInvalid, "A reason may not hold U+0000", "reason"};
  }
  return {};
}

Status check_length(std::optional<std::int64_t> length, std::int64_t length_max,
                    std::string_view field) {
  if (!length || (*length >= 1 && *length <= length_max)) return {};
  const std::string name(field);
  return Error{Code::kInvalid, name + " must be 1 to " + std::to_string(length_max), name};
}

}  // namespace hubbub
