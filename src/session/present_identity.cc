#include "session/present_identity.h"

#include <memory>
#include <utility>

namespace hubbub {

IssuedToken issued_token(const Identity& identity) {
  return {identity.user, identity.sign_in, identity.issued_at};
}

Result<Shared<Identity>> present_identity(const Hub& hub, Shared<Identity> identity, Time now) {
  if (hub.has_signed_out(issued_token(*identity))) return Error{Code::kUnauthorized, "signed out"};
  const auto change = hub.account_change_of(identity->user, now);
  if (!change) return identity;
  if (change->is_disabled) return Error{Code::kUnauthorized, "the account is disabled"};
  if (!change->role || *change->role == identity->role) return identity;
  auto corrected = std::make_shared<Identity>(*identity);
  corrected->role = *change->role;
  return Shared<Identity>(std::move(corrected));
}

}  // namespace hubbub
