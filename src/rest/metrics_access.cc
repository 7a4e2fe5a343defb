#include "rest/metrics_access.h"

#include <string_view>

namespace hubbub {

bool is_direct_from_loopback(const HttpRequest& request) {
  const std::string_view peer = request.peer_address;
  const bool is_loopback =
      peer == "::1" || peer.starts_with("127.") || peer.starts_with("::ffff:127.");
  return is_loopback && request.header("Forwarded").empty() &&
         request.header("X-Forwarded-For").empty() && request.header("X-Real-IP").empty() &&
         request.header("Via").empty();
}

}  // namespace hubbub
