// Tests: what an answer has in its head.
#pragma once

#include <string>
#include <string_view>

#include "rest/http_service.h"

namespace hubbub {

// "none" where the answer has no header of that name.
inline std::string header(const HttpResponse& response, std::string_view name) {
  for (const auto& [key, value] : response.headers) {
    if (key == name) return value;
  }
  return "none";
}

}  // namespace hubbub
