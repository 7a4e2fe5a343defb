#include "auth/token_verifier.h"

#include <sodium.h>

#include <cstring>

namespace hubbub {
namespace {

// Some 600 bytes each, so at most 40 MiB: more people than one server holds connections.
constexpr std::size_t kVerifiedMax = 65'536;

}  // namespace

std::size_t TokenVerifier::DigestHash::operator()(const Digest& digest) const noexcept {
  std::size_t first = 0;
  std::memcpy(&first, digest.data(), sizeof(first));
  return first;
}

TokenVerifier::Digest TokenVerifier::digest_of(const std::string& token) {
  Digest digest;
  static_assert(crypto_hash_sha256_BYTES == sizeof(Digest));
  crypto_hash_sha256(digest.data(), reinterpret_cast<const unsigned char*>(token.data()),
                     token.size());
  return digest;
}

TokenVerifier::TokenVerifier(TokenPolicy policy, KeySource& keys, const Clock& clock)
    : policy_(std::move(policy)), keys_(keys), clock_(clock), verified_(kVerifiedMax) {}

void TokenVerifier::verify(std::string token, Reactor& home, Answer answer) {
  const auto digest = digest_of(token);
  if (const auto known = verified_.find(digest)) {
    if ((*known)->expires_at > clock_.now()) return answer(*known);
    verified_.erase(digest);
    return answer(Error{Code::kUnauthorized, "token has expired"});
  }
  const auto jwt = parse_jwt(token);
  if (!jwt) return answer(jwt.error());
  const auto keys = keys_.keys();
  const auto check = keys ? keys->verify(*jwt) : SignatureCheck::kUnknownKey;
  if (check == SignatureCheck::kGood) return answer(accept(*jwt, digest));
  if (check == SignatureCheck::kBad) {
    return answer(Error{Code::kUnauthorized, "token's signature is not valid"});
  }
  keys_.refresh(home, [this, token = std::move(token), digest, answer = std::move(answer)] {
    verify_with_new_keys(token, digest, answer);
  });
}

void TokenVerifier::verify_with_new_keys(const std::string& token, const Digest& digest,
                                         const Answer& answer) {
  const auto keys = keys_.keys();
  if (!keys) return answer(Error{Code::kUnavailable, "the issuer's keys cannot be fetched"});
  const auto jwt = parse_jwt(token);
  if (!jwt) return answer(jwt.error());
  switch (keys->verify(*jwt)) {
    case SignatureCheck::kGood:
      return answer(accept(*jwt, digest));
    case SignatureCheck::kBad:
      return answer(Error{Code::kUnauthorized, "token's signature is not valid"});
    case SignatureCheck::kUnknownKey:
      return answer(Error{Code::kUnauthorized, "token is signed with an unknown key"});
  }
}

Result<Shared<Identity>> TokenVerifier::accept(const Jwt& jwt, const Digest& digest) {
  const auto claims = JsonObject::parse(jwt.payload);
  if (!claims) return Error{Code::kUnauthorized, "token payload: " + claims.error().detail};
  auto identity = identity_from_claims(*claims, policy_, clock_.now());
  if (!identity) return identity.error();
  auto shared = std::make_shared<const Identity>(std::move(*identity));
  verified_.put(digest, shared);
  return Shared<Identity>(std::move(shared));
}

}  // namespace hubbub
