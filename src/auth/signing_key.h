// The built-in provider's own key: RSA of 2048 bits, RS256, since every client can check that.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/error.h"

struct evp_pkey_st;

namespace hubbub {

// Never changes. Thread: any.
class SigningKey {
 public:
  // Reads the PEM file, or makes it at the first start: whole or not at all, readable by its owner
  // alone. Errors: kUnavailable with a sentence for the operator.
  static Result<SigningKey> load_or_create(const std::string& path);
  // Tests: one that is nowhere stored. Cost: 100 ms.
  static SigningKey generate();

  // A token with this payload. REQUIRES: JSON. Cost: 1 ms.
  [[nodiscard]] std::string sign(std::string_view payload) const;
  // {"keys":[…]} with the public part, as KeySet::parse() takes it.
  [[nodiscard]] const std::string& key_set() const { return key_set_; }
  [[nodiscard]] const std::string& id() const { return id_; }

 private:
  explicit SigningKey(std::shared_ptr<evp_pkey_st> key);

  std::shared_ptr<evp_pkey_st> key_;
  std::string id_;  // the key's thumbprint (RFC 7638)
  std::string key_set_;
};

}  // namespace hubbub
