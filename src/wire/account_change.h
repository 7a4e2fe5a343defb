// What open connections of a person have to learn when their built-in account changed.
#pragma once

#include <optional>

#include "base/ids.h"
#include "wire/role.h"

namespace hubbub {

struct AccountChange {
  UserId user;
  // Set: their role from now on.
  std::optional<Role> role;
  // Their connections end.
  bool is_disabled = false;
};

}  // namespace hubbub
