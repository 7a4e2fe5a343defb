// Who sees the same channels: members, or moderators and administrators.
#pragma once

#include <cstdint>

#include "wire/entry.h"
#include "wire/role.h"

namespace hubbub {

enum class Audience : std::uint8_t { kMember, kStaff };

constexpr Audience audience_of(Role role) {
  return has_at_least(role, Role::kModerator) ? Audience::kStaff : Audience::kMember;
}

inline bool can_see(Audience audience, const Channel& channel) {
  return audience == Audience::kStaff || !channel.rules.is_staff_only;
}

// One of something for each audience.
template <class T>
struct ByAudience {
  T member;
  T staff;

  T& operator[](Audience audience) { return audience == Audience::kStaff ? staff : member; }
  const T& operator[](Audience audience) const {
    return audience == Audience::kStaff ? staff : member;
  }
};

}  // namespace hubbub
