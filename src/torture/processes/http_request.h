#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace hubbub::torture {

struct HttpAnswer {
  int status = 0;
  std::string body;
};

// One request to loopback. Nothing when no whole answer came in time. Thread: any; blocks.
std::optional<HttpAnswer> http_request(std::uint16_t port, std::string_view method,
                                       std::string_view target, std::string_view token,
                                       std::string_view body, std::chrono::milliseconds patience);

}  // namespace hubbub::torture
