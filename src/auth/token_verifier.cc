#include "auth/token_verifier.h"

#include <sodium.h>

#include <cstring>

#include "auth/signed_claims.h"

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
  read_signed_claims(
      std::move(token), JwtUse::kAccess, keys_, home,
      [this, digest, answer = std::move(answer)](const Result<JsonObject>& claims) {
        answer(claims ? accept(*claims, digest) : Result<Shared<Identity>>(claims.error()));
      });
}

Result<Shared<Identity>> TokenVerifier::accept(const JsonObject& claims, const Digest& digest) {
  auto identity = identity_from_claims(claims, policy_, clock_.now());
  if (!identity) return identity.error();
  auto shared = std::make_shared<const Identity>(std::move(*identity));
  verified_.put(digest, shared);
  return Shared<Identity>(std::move(shared));
}

}  // namespace hubbub
