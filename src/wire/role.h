// What a person may do, in ascending order. Every route and command names the one that it needs.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace hubbub {

enum class Role : std::uint8_t { kMember, kModerator, kAdmin };

// In ascending order.
inline constexpr std::array kRoles{Role::kMember, Role::kModerator, Role::kAdmin};

constexpr bool has_at_least(Role role, Role needed) { return role >= needed; }

constexpr std::string_view role_name(Role role) {
  return role == Role::kAdmin ? "admin" : role == Role::kModerator ? "moderator" : "member";
}

}  // namespace hubbub
