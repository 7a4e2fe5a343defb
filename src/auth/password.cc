#include "auth/password.h"

#include <sodium.h>

#include <array>

#include "base/check.h"
#include "base/random.h"

namespace hubbub {

PasswordHasher::PasswordHasher(PasswordCost cost) : cost_(cost) {
  HUBBUB_CHECK(sodium_init() >= 0);
  of_nobody_ = hash(random_token(16));
}

std::string PasswordHasher::hash(const std::string& password) const {
  std::array<char, crypto_pwhash_STRBYTES> text{};
  if (crypto_pwhash_str_alg(text.data(), password.data(), password.size(), cost_.passes,
                            cost_.memory_bytes, crypto_pwhash_ALG_ARGON2ID13) != 0) {
    return {};
  }
  return text.data();
}

bool PasswordHasher::matches(const std::string& password, const std::string& hash) const {
  const auto& against = hash.empty() ? of_nobody_ : hash;
  const bool is_equal =
      crypto_pwhash_str_verify(against.c_str(), password.data(), password.size()) == 0;
  return is_equal && !hash.empty();
}

bool PasswordHasher::is_outdated(const std::string& hash) const {
  return crypto_pwhash_str_needs_rehash(hash.c_str(), cost_.passes, cost_.memory_bytes) != 0;
}

}  // namespace hubbub
