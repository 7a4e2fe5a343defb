#include "auth/key_set.h"

namespace hubbub {
namespace {

// Providers publish two to ten. More would make an unknown key id slow to refuse.
constexpr std::size_t kKeysMax = 100;

}  // namespace

Result<Shared<KeySet>> KeySet::parse(std::string_view jwks) {
  const auto document = JsonObject::parse(jwks);
  if (!document) return Error{Code::kInvalid, "key set: " + document.error().detail};
  const auto entries = document->objects("keys");
  if (!entries) return Error{Code::kInvalid, "key set has no array of keys"};
  std::vector<VerificationKey> keys;
  for (const auto& entry : *entries) {
    if (keys.size() == kKeysMax) break;
    if (auto key = VerificationKey::from_jwk(entry)) keys.push_back(std::move(*key));
  }
  if (keys.empty()) return Error{Code::kInvalid, "key set has no usable key"};
  return Shared<KeySet>(std::make_shared<const KeySet>(std::move(keys)));
}

SignatureCheck KeySet::verify(const Jwt& jwt) const {
  const VerificationKey* found = nullptr;
  bool is_known_id = false;
  for (const auto& key : keys_) {
    if (!jwt.key_id.empty() && key.id() != jwt.key_id) continue;
    is_known_id = is_known_id || !jwt.key_id.empty();
    if (!key.allows(jwt.algorithm)) continue;
    if (found != nullptr) return SignatureCheck::kBad;  // which of them was meant cannot be said
    found = &key;
  }
  if (found == nullptr) return is_known_id ? SignatureCheck::kBad : SignatureCheck::kUnknownKey;
  return found->verify(jwt.algorithm, jwt.signed_text, jwt.signature) ? SignatureCheck::kGood
                                                                      : SignatureCheck::kBad;
}

}  // namespace hubbub
