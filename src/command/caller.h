// Who asks, as a command sees it: the verified user and the role that the token gave.
#pragma once

#include "wire/entry.h"
#include "wire/role.h"

namespace hubbub {

struct Caller {
  Author user;
  Role role = Role::kMember;
  std::string address = {};  // of the client, after trusted proxies; for the audit log

  [[nodiscard]] Actor actor() const { return {user, address}; }
};

}  // namespace hubbub
