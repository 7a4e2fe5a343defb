#include "auth/logout_token.h"

#include <utility>

#include "auth/claim_values.h"
#include "auth/signed_claims.h"
#include "auth/token_refusal.h"

namespace hubbub {
namespace {

constexpr std::size_t kTakenMax = 16'384;
constexpr std::string_view kEvent = "http://schemas.openid.net/event/backchannel-logout";

// Empty where it is not there.
Result<std::string> optional_name(const JsonObject& claims, std::string_view member) {
  return claims.has(member) ? name_of(claims, member) : Result<std::string>(std::string());
}

}  // namespace

Result<LogoutClaims> logout_from_claims(const JsonObject& claims, const TokenPolicy& policy,
                                        Time now) {
  if (policy.issuer.empty() || claims.string("iss") != policy.issuer) {
    return token_refused("token is of another issuer");
  }
  if (!policy.allows_one_of(claims.strings("aud")))
    return token_refused("token is for another client");
  const auto issued_at = time_of(claims, "iat");
  if (!issued_at) return token_refused("token lacks iat");
  if (*issued_at > now + policy.leeway) return token_refused("token is not valid yet");
  const auto expires_at = time_of(claims, "exp");
  if (!expires_at) return token_refused("token lacks exp");
  if (*expires_at <= now) return token_refused("token has expired");
  const auto events = claims.object("events");
  if (!events || !events->object(kEvent)) return token_refused("token is not a logout token");
  // 2.4: so that an identity token cannot pass for one.
  if (claims.has("nonce")) return token_refused("a logout token has no nonce");
  auto user = optional_name(claims, "sub");
  if (!user) return user.error();
  auto sign_in = optional_name(claims, "sid");
  if (!sign_in) return sign_in.error();
  if (user->empty() && sign_in->empty()) return token_refused("token lacks both sub and sid");
  auto id = name_of(claims, "jti");
  if (!id) return id.error();
  return LogoutClaims{{UserId{std::move(*user)}, std::move(*sign_in), *issued_at}, std::move(*id)};
}

LogoutTokens::LogoutTokens(TokenPolicy policy, KeySource& keys, const Clock& clock)
    : policy_(std::move(policy)), keys_(keys), clock_(clock), taken_(kTakenMax) {}

void LogoutTokens::take(std::string token, Reactor& home, Answer answer) {
  read_signed_claims(std::move(token), JwtUse::kLogout, keys_, home,
                     [this, answer = std::move(answer)](const Result<JsonObject>& claims) {
                       answer(claims ? accept(*claims) : Result<SignOut>(claims.error()));
                     });
}

Result<SignOut> LogoutTokens::accept(const JsonObject& claims) {
  auto logout = logout_from_claims(claims, policy_, clock_.now());
  if (!logout) return logout.error();
  if (!taken_.add(logout->id, true)) return token_refused("token was used before");
  return std::move(logout->sign_out);
}

}  // namespace hubbub
