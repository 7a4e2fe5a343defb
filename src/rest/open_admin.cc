#include "rest/open_admin.h"

#include <algorithm>
#include <array>
#include <memory>

#include "auth/network_address.h"
#include "rest/old_paths.h"
#include "wire/header_list.h"

namespace hubbub {
namespace {

// RFC 3986 3.2.2: an IPv6 address stands in brackets, so its colons start no port.
std::string_view without_port(std::string_view authority) {
  if (authority.starts_with('[')) return authority.substr(0, authority.find(']') + 1);
  return authority.substr(0, authority.find(':'));
}

bool has_header(const HttpRequest& request, std::string_view name) {
  return std::ranges::any_of(request.headers, [name](const auto& header) {
    return equal_ignoring_case(header.first, name);
  });
}

// Says that somebody stands between. X-Forwarded-For apart, none of them is judged elsewhere.
bool hints_at_a_proxy(const HttpRequest& request) {
  constexpr std::array<std::string_view, 8> kHints = {"Via",
                                                      "X-Real-IP",
                                                      "X-Client-IP",
                                                      "X-Cluster-Client-IP",
                                                      "True-Client-IP",
                                                      "CF-Connecting-IP",
                                                      "Fastly-Client-IP",
                                                      "X-Envoy-External-Address"};
  constexpr std::string_view kForwarded = "X-Forwarded-";
  return std::ranges::any_of(request.headers, [&](const auto& header) {
    const std::string_view name = header.first;
    return equal_ignoring_case(name.substr(0, kForwarded.size()), kForwarded) ||
           std::ranges::any_of(
               kHints, [name](std::string_view hint) { return equal_ignoring_case(name, hint); });
  });
}

Identity old_dashboard() {
  Identity identity;
  identity.user.value = "open-admin";
  identity.username = "old dashboard";
  identity.role = Role::kAdmin;
  return identity;
}

std::string_view host_of_url(std::string_view url) {
  const auto scheme = url.find("://");
  if (scheme != std::string_view::npos) url.remove_prefix(scheme + 3);
  return without_port(url.substr(0, url.find('/')));
}

}  // namespace

std::vector<std::string> OpenAdmin::own_hosts(std::string_view public_url,
                                              const std::optional<std::string>& public_hostname) {
  std::vector<std::string> hosts{std::string(host_of_url(public_url))};
  if (public_hostname && !public_hostname->empty()) {
    hosts.push_back("chat." + std::string(without_port(*public_hostname)));
  }
  return hosts;
}

Result<Shared<Identity>> OpenAdmin::identify(const HttpRequest& request) const {
  const bool sends_credentials = !request.header("Authorization").empty();
  if (sends_credentials || !is_old_path(request.path) || !is_from_allowed_address(request)) {
    return Error{Code::kUnauthorized};
  }
  // A page of another site that its owner points at this address (DNS rebinding) shows in Host.
  const Error foreign_host{Code::kForbidden, "This server is not asked for under this host name."};
  if (!is_own_host(request.header("Host"))) return foreign_host;
  for (const auto host : header_list(request.headers, "X-Forwarded-Host")) {
    if (!is_own_host(host)) return foreign_host;
  }
  if (request.method != "GET" && has_header(request, "Origin") &&
      std::ranges::find(allowed_origins, request.header("Origin")) == allowed_origins.end()) {
    return Error{Code::kForbidden, "Pages of this origin may not change anything here."};
  }
  return Shared<Identity>(std::make_shared<const Identity>(old_dashboard()));
}

bool OpenAdmin::is_from_allowed_address(const HttpRequest& request) const {
  if (!from.contains(request.address)) return false;
  // Nobody here reads it (RFC 7239), so it may name somebody else than X-Forwarded-For does.
  if (has_header(request, "Forwarded")) return false;
  const auto hops = header_list(request.headers, "X-Forwarded-For");
  if (hops.empty() || !trusted_proxies.contains(request.peer_address)) {
    return !hints_at_a_proxy(request);
  }
  // One that is no address ends the search for the client early, at a proxy's own address.
  const bool are_addresses = std::ranges::all_of(
      hops, [](std::string_view hop) { return reach_of(hop) != AddressReach::kNotAnAddress; });
  const auto real_ip = request.header("X-Real-IP");
  return are_addresses && (real_ip.empty() || real_ip == request.address);
}

bool OpenAdmin::is_own_host(std::string_view host) const {
  const auto name = without_port(host);
  return is_loopback_host(name) || std::ranges::any_of(hosts, [name](const std::string& own) {
           return equal_ignoring_case(own, name);
         });
}

Result<Shared<Identity>> identify_without_token(const std::optional<OpenAdmin>& open_admin,
                                                const HttpRequest& request) {
  if (!open_admin) return Error{Code::kUnauthorized};
  return open_admin->identify(request);
}

}  // namespace hubbub
