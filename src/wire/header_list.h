// Headers whose value is a list (RFC 9110 5.6.1).
#pragma once

#include <string_view>
#include <vector>

#include "wire/http_message.h"

namespace hubbub {

// The members, in order, over all headers of that name; white space and empty members left out.
// Borrows: from `headers`.
std::vector<std::string_view> header_list(const HttpHeaders& headers, std::string_view name);
bool header_list_has(const HttpHeaders& headers, std::string_view name, std::string_view member);

}  // namespace hubbub
