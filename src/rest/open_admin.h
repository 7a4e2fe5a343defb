// HUBBUB_COMPAT_OPEN_ADMIN: the old dashboard sends no token, neither from the browser nor from its
// own server. Its routes are served without one, to the addresses that the operator names, and as
// an administrator called "old dashboard". docs/configuration.md says what the operator must look
// at.
//
// Never changes once made; all reactors share it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "auth/identity.h"
#include "auth/network_list.h"
#include "base/shared.h"
#include "wire/http_message.h"

namespace hubbub {

struct OpenAdmin {
  NetworkList from;  // who is served; judged by the client's address, never by a proxy's
  NetworkList trusted_proxies;
  std::vector<std::string> allowed_origins;  // never "*"
  std::vector<std::string> hosts;            // without port; loopback names go without saying

  // What names this server: the host of its public URL and, as the old server was reached,
  // chat.$PUBLIC_HOSTNAME.
  static std::vector<std::string> own_hosts(std::string_view public_url,
                                            const std::optional<std::string>& public_hostname);

  // Who asks with this request, which carries no token.
  // Errors: kUnauthorized where a token is needed after all: another route, another address, or a
  // proxy that does not say whom it speaks for; kForbidden for a request that a page of another
  // site may have caused (a foreign Origin on a write, a foreign Host on any).
  [[nodiscard]] Result<Shared<Identity>> identify(const HttpRequest& request) const;

 private:
  [[nodiscard]] bool is_from_allowed_address(const HttpRequest& request) const;
  [[nodiscard]] bool is_own_host(std::string_view host) const;
};

// What a request without a token gets. Errors: kUnauthorized while the mode is off.
Result<Shared<Identity>> identify_without_token(const std::optional<OpenAdmin>& open_admin,
                                                const HttpRequest& request);

}  // namespace hubbub
