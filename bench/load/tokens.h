// An issuer of access tokens for the measurement: one Ed25519 key, kept in a file.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace hubbub::bench {

class Tokens {
 public:
  // Reads the key from `key_path`, or makes one there (mode 0600). Ends the program when it cannot.
  Tokens(const std::string& key_path, std::string issuer);

  // The key set to publish (RFC 7517, RFC 8037).
  [[nodiscard]] std::string key_set() const;

  // A token (RFC 7519) of one hour, with the claims that Keycloak gives.
  [[nodiscard]] std::string make(std::string_view user, std::string_view client,
                                 const std::vector<std::string>& roles) const;

 private:
  std::string issuer_;
  std::array<unsigned char, 32> public_key_{};
  std::array<unsigned char, 64> secret_key_{};
};

}  // namespace hubbub::bench
