// The signature algorithms that a token may use (RFC 7518 3.1, RFC 8037 3.1). There is no `none`
// and no HMAC: a key that everyone may read must not be able to sign.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace hubbub {

enum class Algorithm : std::uint8_t {
  kRs256,
  kRs384,
  kRs512,
  kPs256,
  kPs384,
  kPs512,
  kEs256,
  kEs384,
  kEdDsa,  // Ed25519 only
};

enum class KeyKind : std::uint8_t { kRsa, kP256, kP384, kEd25519 };

struct AlgorithmTraits {
  std::string_view name;
  KeyKind key_kind;
  std::string_view digest;  // OpenSSL's name; empty: none of its own
  bool is_pss = false;
};

const AlgorithmTraits& traits_of(Algorithm algorithm);
// Case-sensitive, as RFC 7515 4.1.1 has it.
std::optional<Algorithm> algorithm_named(std::string_view name);

}  // namespace hubbub
