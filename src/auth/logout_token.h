// Logout tokens: OpenID Connect Back-Channel Logout 1.0.
#pragma once

#include <functional>
#include <string>

#include "auth/json_object.h"
#include "auth/key_source.h"
#include "auth/token_claims.h"
#include "base/bounded_cache.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/reactor.h"
#include "wire/sign_out.h"

namespace hubbub {

struct LogoutClaims {
  SignOut sign_out;
  std::string id;  // `jti`
};

// What 2.6 asks to be checked of the claims. Errors: kUnauthorized with a detail that holds nothing
// of the token.
Result<LogoutClaims> logout_from_claims(const JsonObject& claims, const TokenPolicy& policy,
                                        Time now);

// One for the whole server. Thread: any. Borrows: keys and clock for its life.
class LogoutTokens {
 public:
  // Errors: kUnauthorized: not a logout token for us, or one that was taken before; kUnavailable
  // when the issuer cannot be asked about its key.
  using Answer = std::function<void(Result<SignOut>)>;

  LogoutTokens(TokenPolicy policy, KeySource& keys, const Clock& clock);

  // Answers inside the call or later, on `home`. Thread: home's. REQUIRES: this and `home` outlive
  // the answer.
  void take(std::string token, Reactor& home, Answer answer);

 private:
  Result<SignOut> accept(const JsonObject& claims);

  const TokenPolicy policy_;
  KeySource& keys_;
  const Clock& clock_;
  // The ids of those taken. One that was forgotten could be played again by whoever saw it, and
  // would end once more what it has ended: a session, or tokens that were issued before.
  BoundedCache<std::string, bool> taken_;
};

}  // namespace hubbub
