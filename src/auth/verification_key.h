// A public key of a key set, parsed once, ready to check signatures. Never changes.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "auth/algorithm.h"
#include "auth/json_object.h"
#include "base/error.h"

struct evp_pkey_st;  // OpenSSL's EVP_PKEY

namespace hubbub {

// Thread: any.
class VerificationKey {
 public:
  // Errors: kInvalid when the key is not for checking signatures (`use`, `key_ops`, a private
  // part), is weak (RSA below 2048 bits), broken, or of a kind that is not known here.
  static Result<VerificationKey> from_jwk(const JsonObject& jwk);

  // `kid`; empty when the key has none.
  [[nodiscard]] const std::string& id() const { return id_; }
  // The kind fits, and so does the key's own `alg` where it names one.
  [[nodiscard]] bool allows(Algorithm algorithm) const;
  // `signature` as it is in a token: for ECDSA r and s of fixed length (RFC 7518 3.4), not DER.
  // REQUIRES: allows(algorithm). Cost: 20 to 24 us for RSA of 2048 bits.
  [[nodiscard]] bool verify(Algorithm algorithm, std::string_view text,
                            std::string_view signature) const;

 private:
  VerificationKey(std::string id, KeyKind kind, std::optional<Algorithm> only,
                  std::shared_ptr<evp_pkey_st> key)
      : id_(std::move(id)), kind_(kind), only_(only), key_(std::move(key)) {}

  std::string id_;
  KeyKind kind_;
  std::optional<Algorithm> only_;
  std::shared_ptr<evp_pkey_st> key_;
};

}  // namespace hubbub
