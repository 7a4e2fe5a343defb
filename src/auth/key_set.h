// The public keys of an issuer at one time (RFC 7517 5). Never changes; shared by all threads.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "auth/jwt.h"
#include "auth/verification_key.h"
#include "base/shared.h"

namespace hubbub {

enum class SignatureCheck : std::uint8_t {
  kGood,
  kBad,
  kUnknownKey,  // none of these keys is the one; a newer key set may hold it
};

class KeySet {
 public:
  // Keys that are of no use here (for encryption, weak, of unknown kinds) are left out: a provider
  // may publish them for others. Errors: kInvalid when it is not a key set at all, or no key is
  // left.
  static Result<Shared<KeySet>> parse(std::string_view jwks);

  // A token without a key id is checked only where exactly one key allows its algorithm.
  [[nodiscard]] SignatureCheck verify(const Jwt& jwt) const;
  [[nodiscard]] std::size_t size() const { return keys_.size(); }

  // For parse() only; public so that make_shared can reach it.
  explicit KeySet(std::vector<VerificationKey> keys) : keys_(std::move(keys)) {}

 private:
  const std::vector<VerificationKey> keys_;
};

}  // namespace hubbub
