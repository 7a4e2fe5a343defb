#include "rest/metrics_access.h"

#include <string_view>

namespace hubbub {

bool is_direct_from_loopback(const HttpRequest& request) {
  const std::string_view peer = request.peer_address;
  const bool is_loopback =
      peer == "::1" || peer.starts_with("127.") || peer.starts_with("::ffff:127.");
  if (!is_loopback) return false;
  for (const auto& [name, value] : request.headers) {
    constexpr std::string_view kForwarded = "X-Forwarded-";
    if (equal_ignoring_case(name, "Forwarded") || equal_ignoring_case(name, "Via") ||
        equal_ignoring_case(name, "X-Real-IP") ||
        equal_ignoring_case(std::string_view(name).substr(0, kForwarded.size()), kForwarded)) {
      return false;
    }
  }
  return true;
}

}  // namespace hubbub
