#include "rest/provider/request_origin.h"

#include "auth/http_fetch.h"
#include "auth/network_address.h"

namespace hubbub {

std::string own_origin(const HttpRequest& request) {
  const std::string host(request.header("Host"));
  const auto url = parse_http_url((request.is_secure ? "https://" : "http://") + host);
  if (!url || url->target != "/") return {};
  const auto reach = reach_of(url->host);
  const bool is_near = equal_ignoring_case(url->host, "localhost") ||
                       reach == AddressReach::kLoopback || reach == AddressReach::kPrivate;
  return is_near ? (url->is_tls ? "https://" : "http://") + url->authority() : "";
}

std::string origin_of(const std::string& url) {
  const auto parsed = parse_http_url(url);
  return parsed ? (parsed->is_tls ? "https://" : "http://") + parsed->authority() : "";
}

bool is_from_here(const HttpRequest& request, const std::string& public_url) {
  const auto origin = request.header("Origin");
  if (origin.empty()) return true;
  return origin == origin_of(public_url) || origin == own_origin(request);
}

}  // namespace hubbub
