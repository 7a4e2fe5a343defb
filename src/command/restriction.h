// What bans and mutes have in common: whom, why and for how long. Pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/error.h"
#include "base/ids.h"

namespace hubbub {

// Unit: Unicode code points; what the old schema holds.
inline constexpr std::size_t kReasonLengthMax = 256;

// A token's `sub` has 255 bytes at most (auth/identity.h); nobody with a longer id could come.
inline constexpr std::size_t kUserIdBytesMax = 255;

// Errors: kInvalid with the field.
Status check_user_id(const UserId& user, std::string_view field);

// Errors: kInvalid, field "reason".
Status check_reason(std::string_view reason);

// `length` in units of the caller's, 1 to `length_max`. Errors: kInvalid with the field.
Status check_length(std::optional<std::int64_t> length, std::int64_t length_max,
                    std::string_view field);

}  // namespace hubbub
