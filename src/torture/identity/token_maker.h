// Access tokens of a run: JWTs (RFC 7519) signed with an Ed25519 key (RFC 8037) made for it.
// Thread: any, after construction.
#pragma once

#include <memory>
#include <string>
#include <string_view>

struct evp_pkey_st;

namespace hubbub::torture {

class TokenMaker {
 public:
  explicit TokenMaker(std::string issuer);
  TokenMaker(const TokenMaker&) = delete;
  TokenMaker& operator=(const TokenMaker&) = delete;
  ~TokenMaker();

  // Valid for a day. `role`: of realm_access.roles; empty: none.
  [[nodiscard]] std::string make(std::string_view user_id, std::string_view username,
                                 std::string_view role) const;
  // What the issuer publishes (RFC 7517).
  [[nodiscard]] std::string key_set() const;
  [[nodiscard]] const std::string& issuer() const { return issuer_; }

 private:
  std::string issuer_;
  evp_pkey_st* key_ = nullptr;
};

}  // namespace hubbub::torture
