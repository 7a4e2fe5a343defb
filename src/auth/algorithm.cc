#include "auth/algorithm.h"

#include <array>

namespace hubbub {
namespace {

constexpr std::array<AlgorithmTraits, 9> kTraits = {{
    {"RS256", KeyKind::kRsa, "SHA256"},
    {"RS384", KeyKind::kRsa, "SHA384"},
    {"RS512", KeyKind::kRsa, "SHA512"},
    {"PS256", KeyKind::kRsa, "SHA256", true},
    {"PS384", KeyKind::kRsa, "SHA384", true},
    {"PS512", KeyKind::kRsa, "SHA512", true},
    {"ES256", KeyKind::kP256, "SHA256"},
    {"ES384", KeyKind::kP384, "SHA384"},
    {"EdDSA", KeyKind::kEd25519, ""},
}};

}  // namespace

const AlgorithmTraits& traits_of(Algorithm algorithm) {
  return kTraits[static_cast<std::size_t>(algorithm)];
}

std::optional<Algorithm> algorithm_named(std::string_view name) {
  for (std::size_t i = 0; i < kTraits.size(); ++i) {
    if (kTraits[i].name == name) return static_cast<Algorithm>(i);
  }
  return std::nullopt;
}

}  // namespace hubbub
