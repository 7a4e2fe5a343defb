// What a verified token says, corrected by what changed since it was made.
#pragma once

#include "auth/identity.h"
#include "base/error.h"
#include "base/shared.h"
#include "hub/hub.h"

namespace hubbub {

IssuedToken issued_token(const Identity& identity);

// The same object where nothing changed. Errors: kUnauthorized: signed out at the issuer, or the
// account was disabled.
Result<Shared<Identity>> present_identity(const Hub& hub, Shared<Identity> identity, Time now);

}  // namespace hubbub
