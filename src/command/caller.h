// Who asks, as a command sees it: the verified user and the role that the token gave.
#pragma once

#include "auth/role.h"
#include "wire/entry.h"

namespace hubbub {

struct Caller {
  Author user;
  Role role = Role::kMember;
};

}  // namespace hubbub
