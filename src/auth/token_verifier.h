// Says who a token's bearer is. One for the whole server, used by all reactors.
//
// A token that was found good is remembered by its SHA-256 until it expires, so that a reconnect
// storm costs a hash each. Bans are not looked at here: they are looked up every time, by the
// caller.
#pragma once

#include <array>
#include <functional>
#include <string>

#include "auth/identity.h"
#include "auth/key_source.h"
#include "auth/token_claims.h"
#include "base/bounded_cache.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/reactor.h"
#include "base/shared.h"

namespace hubbub {

// Thread: any. Borrows: keys and clock for its life.
class TokenVerifier {
 public:
  // Errors: kUnauthorized (the detail says why, for the log; it holds nothing of the token);
  // kUnavailable, with the time after which to try again, when the issuer cannot be asked about the
  // token's key.
  using Answer = std::function<void(Result<Shared<Identity>>)>;

  TokenVerifier(TokenPolicy policy, KeySource& keys, const Clock& clock);

  // Answers inside the call when the token or its key is known, else later, on `home`, after a
  // fetch of the keys. Cost: a hash when remembered, else some 30 us. Thread: home's. REQUIRES:
  // this and `home` outlive the answer.
  void verify(std::string token, Reactor& home, Answer answer);

 private:
  using Digest = std::array<unsigned char, 32>;
  struct DigestHash {
    std::size_t operator()(const Digest& digest) const noexcept;
  };
  Result<Shared<Identity>> accept(const JsonObject& claims, const Digest& digest);
  static Digest digest_of(const std::string& token);

  const TokenPolicy policy_;
  KeySource& keys_;
  const Clock& clock_;
  BoundedCache<Digest, Shared<Identity>, DigestHash> verified_;
};

}  // namespace hubbub
