// A small OpenID provider for the built-in accounts: authorization code with PKCE, at Keycloak's
// paths. Without HTTP and pages, which are in rest/provider/.
//
// Thread: any worker; what reaches the store blocks, and says so. Borrows store and clock for its
// life.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "auth/authorization_request.h"
#include "auth/key_set.h"
#include "auth/signing_key.h"
#include "auth/token_claims.h"
#include "base/clock.h"
#include "base/error.h"
#include "store/accounts.h"

namespace hubbub {

// A JSON answer of the token, userinfo or revocation endpoint.
struct ProviderAnswer {
  int status = 200;
  std::string json;
};

// RP-Initiated Logout 1.0 2.
struct LogoutRequest {
  std::string sign_in_id;  // from id_token_hint; empty: the cookie's
  std::string location;    // empty: a page
  bool needs_confirmation = false;
};

class Provider {
 public:
  Provider(ProviderSettings settings, SigningKey key, AccountStore& store, const Clock& clock);

  // <public url>/realms/<realm>
  [[nodiscard]] const std::string& issuer() const { return issuer_; }
  // "/realms/<realm>"
  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] const ProviderSettings& settings() const { return settings_; }
  // For the token verifier: KeySource(provider.keys()), with provider.policy() as the policy (roles
  // are at their defaults). Its tokens take the same way as anybody else's.
  [[nodiscard]] Shared<KeySet> keys() const { return keys_; }
  [[nodiscard]] TokenPolicy policy() const;

  // <issuer>/.well-known/openid-configuration and …/certs.
  [[nodiscard]] std::string discovery() const;
  [[nodiscard]] const std::string& certificates() const { return key_.key_set(); }

  [[nodiscard]] CheckedRequest check(const FormFields& query, std::string_view own_origin) const {
    return check_authorization_request(query, clients_, own_origin);
  }
  // The way back for who is signed in: a code of one use and 60 seconds. Blocks.
  // Errors: kForbidden: the sign-in has just ended.
  Result<std::string> grant(const AuthorizationRequest& request, const SignIn& sign_in);
  // The way back with an error (RFC 6749 4.1.2.1).
  [[nodiscard]] std::string refuse(const AuthorizationRequest& request, std::string error) const;

  // The token endpoint: authorization_code and refresh_token. Blocks.
  ProviderAnswer token(const FormFields& form);
  // The revocation endpoint (RFC 7009), for refresh tokens. Blocks.
  ProviderAnswer revoke(const FormFields& form);
  // Blocks. Status 401 when the token is not good, or its account is gone.
  ProviderAnswer userinfo(std::string_view access_token);

  // Errors: kInvalid with a sentence for a page.
  [[nodiscard]] Result<LogoutRequest> check_logout(const FormFields& query,
                                                   std::string_view own_origin) const;

  // For the command line and tests, too.
  [[nodiscard]] std::string access_token(const Account& account, const std::string& client,
                                         const std::string& scope, const std::string& sign_in_id,
                                         std::chrono::seconds lifetime = kAccessLifetime) const;

  // Keycloak's default, which clients are used to.
  static constexpr std::chrono::seconds kAccessLifetime = std::chrono::minutes(5);

 private:
  struct Grant;
  ProviderAnswer exchange_code(const FormFields& form);
  ProviderAnswer exchange_refresh_token(const FormFields& form);
  ProviderAnswer answer(const Grant& grant);
  [[nodiscard]] std::string id_token(const Grant& grant, const std::string& access_token) const;
  // A token of this provider's own, expired or not. Errors: kUnauthorized.
  [[nodiscard]] Result<JsonObject> own_claims(std::string_view token) const;

  const ProviderSettings settings_;
  const std::string path_;
  const std::string issuer_;
  const SigningKey key_;
  const Shared<KeySet> keys_;
  const Clients clients_;
  AccountStore& store_;
  const Clock& clock_;
};

}  // namespace hubbub
