#include "rest/metrics_access.h"

#include <string_view>

#include "auth/network_address.h"

namespace hubbub {

bool is_direct_from_loopback(const HttpRequest& request) {
  if (reach_of(request.peer_address) != AddressReach::kLoopback) return false;
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
