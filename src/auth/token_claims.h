// What a token must say, once its signature is known to be good.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "auth/identity.h"
#include "auth/json_object.h"
#include "base/error.h"

namespace hubbub {

struct TokenPolicy {
  // `iss` must be equal to it, character by character.
  std::string issuer;
  // One of them must be the token's `azp` or among its `aud`.
  std::vector<std::string> allowed_clients = {"ChatClient", "WebClient"};
  // Where in the token the role names are: members separated by dots, or one member of that very
  // name.
  std::string roles_path = "realm_access.roles";
  std::string admin_role = "admin";
  std::string moderator_role = "moderator";
  // For clocks that differ: `nbf` may lie this far ahead. `exp` gets none: a token is not accepted
  // for longer than its issuer said.
  std::chrono::seconds leeway{30};

  [[nodiscard]] bool allows(std::string_view client) const;
  [[nodiscard]] bool allows_one_of(
      const std::optional<std::vector<std::string_view>>& audience) const;
};

// Errors: kUnauthorized with a detail for the log that holds nothing of the token.
Result<Identity> identity_from_claims(const JsonObject& claims, const TokenPolicy& policy,
                                      Time now);

}  // namespace hubbub
