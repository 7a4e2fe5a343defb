#include "auth/signed_claims.h"

#include <utility>

namespace hubbub {
namespace {

// As often as keys are fetched at most. Unit: milliseconds.
constexpr std::int64_t kRetryMs = 10'000;

Result<JsonObject> claims_of(const Jwt& jwt) {
  auto claims = JsonObject::parse(jwt.payload);
  if (!claims) return Error{Code::kUnauthorized, "token payload: " + claims.error().detail};
  return claims;
}

SignatureCheck check(const Shared<KeySet>& keys, const Jwt& jwt) {
  return keys ? keys->verify(jwt) : SignatureCheck::kUnknownKey;
}

// `is_current`: no other key is the issuer's.
Result<JsonObject> judge(const Shared<KeySet>& keys, const Jwt& jwt, bool is_current) {
  switch (check(keys, jwt)) {
    case SignatureCheck::kGood:
      return claims_of(jwt);
    case SignatureCheck::kBad:
      return Error{Code::kUnauthorized, "token's signature is not valid"};
    case SignatureCheck::kUnknownKey:
      break;
  }
  if (is_current) return Error{Code::kUnauthorized, "token is signed with an unknown key"};
  return Error{Code::kUnavailable, "the issuer's keys cannot be fetched", {}, kRetryMs};
}

}  // namespace

void read_signed_claims(std::string token, JwtUse use, KeySource& keys, Reactor& home,
                        std::function<void(Result<JsonObject>)> answer) {
  const auto jwt = parse_jwt(token, use);
  if (!jwt) return answer(jwt.error());
  const auto known = keys.keys();
  if (check(known, *jwt) != SignatureCheck::kUnknownKey) return answer(judge(known, *jwt, true));
  keys.refresh(
      home, [&keys, use, token = std::move(token), answer = std::move(answer)](bool is_current) {
        const auto again = parse_jwt(token, use);
        answer(again ? judge(keys.keys(), *again, is_current) : Result<JsonObject>(again.error()));
      });
}

}  // namespace hubbub
