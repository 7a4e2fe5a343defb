// Who sees the same channels: the people of one role.
#pragma once

#include <array>
#include <cstddef>

#include "wire/entry.h"
#include "wire/role.h"

namespace hubbub {

inline bool can_see(Role role, const Channel& channel) {
  return has_at_least(role, channel.rules.audience());
}

// One of something for each audience.
template <class T>
struct ByAudience {
  std::array<T, kRoles.size()> each;

  T& operator[](Role role) { return each[static_cast<std::size_t>(role)]; }
  const T& operator[](Role role) const { return each[static_cast<std::size_t>(role)]; }
};

}  // namespace hubbub
