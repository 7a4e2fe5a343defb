// The issuer's word that somebody signed out: what open connections and later ones have to learn.
#pragma once

#include <string>

#include "base/clock.h"
#include "base/ids.h"

namespace hubbub {

// One of user and sign_in at least is there.
struct SignOut {
  UserId user;
  // The issuer's session that ended; empty: all of the user's.
  std::string sign_in;
  // By the issuer's clock.
  Time at;
};

}  // namespace hubbub
