// What a page or program asks of the built-in provider when it wants someone signed in (RFC
// 6749 4.1.1, RFC 7636 4.3, OpenID Connect Core 3.1.2.1), and where answers may go. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "wire/http_message.h"

namespace hubbub {

struct ProviderSettings {
  std::string public_url;                  // HUBBUB_PUBLIC_URL, without a slash at the end
  std::string realm = "hubbub";            // REALM_NAME
  std::string chat_client = "ChatClient";  // CHAT_CLIENT_NAME
  std::string web_client = "WebClient";    // WEB_CLIENT_NAME
  std::uint16_t listen_port = 8080;        // of HUBBUB_LISTEN
};

// The two clients. Both are public: a secret in a page or a program that anyone can download is
// none, so what protects a code is PKCE and the exact place where it is sent.
class Clients {
 public:
  explicit Clients(const ProviderSettings& settings);

  [[nodiscard]] bool knows(std::string_view client) const;
  // Character by character (RFC 9700 2.1): the client's page at the public URL or at this port on
  // loopback, and the old desktop client's callbacks.
  //
  // `own_origin` (may be empty): where the request itself was sent to, if that was a loopback or
  // private-network address (rest/provider/request_origin.h). The page there counts too, so that a
  // phone in the same network can sign in. That is safe: the browser has just reached this very
  // server under that address, so the code goes to the server that made it; an address, unlike a
  // name, cannot be pointed elsewhere by somebody's DNS in between; and only the page's own paths
  // are allowed.
  [[nodiscard]] bool allows(std::string_view client, std::string_view redirect_uri,
                            std::string_view own_origin) const;

 private:
  struct Client {
    std::string name;
    std::vector<std::string> paths;  // after an origin
    std::vector<std::string> exact;
  };
  std::vector<std::string> origins_;
  std::vector<Client> clients_;
};

struct AuthorizationRequest {
  std::string client = {};
  std::string redirect_uri = {};
  std::string state = {};
  std::string nonce = {};
  std::string scope = {};
  std::string challenge = {};
  std::string prompt = {};  // none, login, consent, select_account, create; space-separated
  std::string login_hint = {};
  std::optional<std::int64_t> max_age = {};  // Unit: seconds
  bool is_fragment = false;

  [[nodiscard]] bool prompts(std::string_view what) const;
  // The redirect with these parameters, and state.
  [[nodiscard]] std::string location(const FormFields& parameters) const;
};

// The answer may not go to the redirect: it is not known whose that is. A sentence for a page.
struct NotRedirectable {
  std::string text;
};
// An error that the client is told of.
struct RefusedBack {
  std::string location;
};
using CheckedRequest = std::variant<AuthorizationRequest, RefusedBack, NotRedirectable>;

CheckedRequest check_authorization_request(const FormFields& query, const Clients& clients,
                                           std::string_view own_origin);

}  // namespace hubbub
