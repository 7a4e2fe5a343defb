// What the routes have of an OpenID provider elsewhere.
#pragma once

#include "auth/issuer.h"
#include "auth/logout_token.h"
#include "base/shared.h"

namespace hubbub {

// Borrows both.
struct IssuerAccess {
  // Nothing published: not asked yet, or it does not tell.
  const Published<IssuerEndpoints>& endpoints;
  LogoutTokens& logouts;
};

}  // namespace hubbub
