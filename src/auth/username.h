// What a built-in account may be called, and what its password must be like. Pure.
#pragma once

#include <string>
#include <string_view>

#include "base/error.h"

namespace hubbub {

// 2 to 32 ASCII letters, digits, '.', '_' or '-'; the first and the last a letter or digit. ASCII
// only: which letters of all scripts look alike, and how they fold, changes with every version of
// Unicode, and two people whose names cannot be told apart are worse than one who writes Jörg as
// Joerg. Errors: kInvalid (field "username") with a sentence for the person.
Status check_username(std::string_view username);

// 8 or more characters, at most 1024 bytes, not one of the most common ones, not the name itself.
// Errors: kInvalid (field "password") with a sentence for the person.
Status check_new_password(std::string_view password, std::string_view username);

// In lower case, ASCII letters only.
std::string folded(std::string_view text);

}  // namespace hubbub
