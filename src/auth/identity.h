// Who a verified token says that its bearer is. Never changes; shared by all threads.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/ids.h"
#include "wire/role.h"

namespace hubbub {

struct Identity {
  UserId user;           // `sub`: 1 to 255 bytes, no control characters
  std::string username;  // `preferred_username`: 1 to 64 code points, no control characters
  std::string
      authorized_party;       // `azp`: the client that asked for the token; "WebClient" is hidden
  Role role = Role::kMember;  // the highest of role_names that means something here
  std::vector<std::string> role_names;  // as the issuer wrote them
  Time expires_at;
  // For the issuer's word that someone signed out (OpenID Connect Back-Channel Logout 1.0 2.4).
  std::string sign_in = {};            // `sid`: the issuer's session; empty where it does not tell
  std::optional<Time> issued_at = {};  // `iat`
};

}  // namespace hubbub
