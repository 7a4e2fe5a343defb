// An OpenID provider elsewhere: where it says that its keys and endpoints are (OpenID Connect
// Discovery 1.0 4).
#pragma once

#include <string>

#include "auth/key_set.h"
#include "auth/key_source.h"
#include "base/error.h"
#include "base/shared.h"

namespace hubbub {

struct IssuerSettings {
  // HUBBUB_OIDC_ISSUER, as the tokens have it in `iss`.
  std::string issuer;
  // HUBBUB_OIDC_JWKS_URL; empty: asked of <issuer>/.well-known/openid-configuration.
  std::string jwks_url;
};

// Where browsers are sent.
struct IssuerEndpoints {
  std::string authorization;
  std::string token;
  // RP-Initiated Logout 1.0 2.1; empty where the issuer has none.
  std::string end_session;
};

// For start-up: https, or http on loopback; the key set's own URL may be http, which is then held
// to private networks when it is fetched. Errors: kInvalid with a sentence for the operator.
Status check_issuer(const IssuerSettings& settings);

// `jwks_uri` of a discovery document. Errors: kUnavailable when it is broken, of another issuer, or
// names keys over plain http while the issuer is https.
Result<std::string> jwks_url_from_discovery(const std::string& document, const std::string& issuer);

// The endpoints of a discovery document. Errors: as above.
Result<IssuerEndpoints> endpoints_from_discovery(const std::string& document,
                                                 const std::string& issuer);

// Where Keycloak has them, and our own provider too.
IssuerEndpoints endpoints_in_keycloaks_form(const std::string& issuer);

// Fetches the key set, and publishes the endpoints when it finds them; blocking.
// Use: KeySource(key_fetch(settings, endpoints), …). Borrows: endpoints.
KeySource::Fetch key_fetch(IssuerSettings settings, Published<IssuerEndpoints>& endpoints);

}  // namespace hubbub
