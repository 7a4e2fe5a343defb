#include "auth/username.h"

#include <algorithm>
#include <array>

#include "wire/http_message.h"
#include "wire/utf8.h"

namespace hubbub {
namespace {

constexpr std::size_t kNameLengthMin = 2;
constexpr std::size_t kNameLengthMax = 32;
// NIST SP 800-63B 5.1.1.2 asks for 8 at least, and no rules about kinds of characters.
constexpr std::size_t kPasswordLengthMin = 8;
constexpr std::size_t kPasswordBytesMax = 1024;

// Names that frames or pages use for the server itself ("sender": "Server").
constexpr std::array<std::string_view, 4> kReserved = {"server", "system", "hubbub", "unknown"};

// Of 8 characters or more, those that head every list of leaked passwords.
constexpr std::array<std::string_view, 20> kCommon = {
    "12345678",   "123456789", "1234567890", "password", "password1", "passw0rd", "qwertyui",
    "qwertyuiop", "qwerty123", "1q2w3e4r",   "iloveyou", "11111111",  "00000000", "abcd1234",
    "abc12345",   "sunshine",  "princess",   "football", "baseball",  "letmein1"};

bool is_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

Error bad_name(std::string why) { return Error{Code::kInvalid, std::move(why), "username"}; }
Error bad_password(std::string why) { return Error{Code::kInvalid, std::move(why), "password"}; }

}  // namespace

std::string folded(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
  });
  return lower;
}

Status check_username(std::string_view username) {
  if (username.empty()) return bad_name("Choose a name.");
  const bool has_only_allowed = std::all_of(username.begin(), username.end(), [](char c) {
    return is_letter_or_digit(c) || c == '.' || c == '_' || c == '-';
  });
  if (!has_only_allowed) {
    return bad_name("Use letters (a to z), digits, dots, dashes and underscores only.");
  }
  if (username.size() < kNameLengthMin || username.size() > kNameLengthMax) {
    return bad_name("A name has 2 to 32 characters.");
  }
  if (!is_letter_or_digit(username.front()) || !is_letter_or_digit(username.back())) {
    return bad_name("A name begins and ends with a letter or digit.");
  }
  for (const auto reserved : kReserved) {
    if (equal_ignoring_case(username, reserved)) return bad_name("This name is taken.");
  }
  return {};
}

Status check_new_password(std::string_view password, std::string_view username) {
  if (password.empty()) return bad_password("Choose a password.");
  if (!is_utf8(password) || code_point_count(password) < kPasswordLengthMin) {
    return bad_password("A password has 8 characters or more.");
  }
  if (password.size() > kPasswordBytesMax) return bad_password("This password is too long.");
  const bool is_common = std::any_of(kCommon.begin(), kCommon.end(), [password](auto common) {
    return equal_ignoring_case(password, common);
  });
  if (is_common || equal_ignoring_case(password, username)) {
    return bad_password("This password is too easy to guess.");
  }
  return {};
}

}  // namespace hubbub
