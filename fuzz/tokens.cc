// Tokens: nothing that the fixed keys have not signed is good, in no spelling but its own.
//
// Input: a token; or, where it begins with '{', what an issuer publishes.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "auth/base64url.h"
#include "auth/issuer.h"
#include "auth/jwt.h"
#include "auth/key_set.h"
#include "auth/logout_token.h"
#include "auth/token_claims.h"
#include "base/check.h"
#include "fixed_keys.h"

namespace hubbub {
namespace {

// Within the life of the signed tokens: 2026-01-02T03:04:05Z.
constexpr Time kNow{std::chrono::seconds(1767323045)};

void check_claims(std::string_view payload) {
  const auto claims = JsonObject::parse(payload);
  if (!claims) return;
  TokenPolicy policy;
  policy.issuer = kFixedIssuer;
  const auto identity = identity_from_claims(*claims, policy, kNow);
  HUBBUB_CHECK(identity || identity.error().code == Code::kUnauthorized);
  const auto logout = logout_from_claims(*claims, policy, kNow);
  HUBBUB_CHECK(logout || logout.error().code == Code::kUnauthorized);
}

void check_token(std::string_view token) {
  static const auto kKeys = KeySet::parse(kFixedKeySet).value();
  const auto jwt = parse_jwt(token);
  if (!jwt) {
    HUBBUB_CHECK(jwt.error().code == Code::kUnauthorized);
    return;
  }
  // One text for each token (RFC 7515 2): else a refused one would have other spellings.
  const auto dots = std::count(token.begin(), token.end(), '.');
  HUBBUB_CHECK(dots == 2 && token.starts_with(jwt->signed_text));
  HUBBUB_CHECK(token.ends_with("." + base64url_encode(jwt->payload) + "." +
                               base64url_encode(jwt->signature)));
  if (kKeys->verify(*jwt) == SignatureCheck::kGood) {
    HUBBUB_CHECK(jwt->payload == kFixedPayload);
  }
  check_claims(jwt->payload);
}

void check_published(std::string_view document) {
  if (const auto keys = KeySet::parse(document)) HUBBUB_CHECK((*keys)->size() > 0);
  const auto url = jwks_url_from_discovery(std::string(document), std::string(kFixedIssuer));
  HUBBUB_CHECK(!url || !url->empty());
  const auto endpoints = endpoints_from_discovery(std::string(document), std::string(kFixedIssuer));
  HUBBUB_CHECK(!endpoints || !(endpoints->authorization.empty() || endpoints->token.empty()));
  check_claims(document);
}

}  // namespace
}  // namespace hubbub

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  // Memory of exactly its length, so that a read beyond it is seen.
  const auto memory = std::make_unique<char[]>(size);
  std::copy_n(data, size, memory.get());
  const std::string_view input(memory.get(), size);
  if (input.starts_with('{')) {
    hubbub::check_published(input);
  } else {
    hubbub::check_token(input);
  }
  return 0;
}
