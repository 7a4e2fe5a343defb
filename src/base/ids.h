// Identifiers as distinct types, so that a channel's id cannot be passed for a log's.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>

namespace hubbub {

template <class Tag>
struct Id {
  std::int64_t value = 0;
  auto operator<=>(const Id&) const = default;
  explicit operator bool() const { return value != 0; }
};

// Public ids, positive. A channel's fits 31 bits (an existing client reads it as int32).
using ChannelId = Id<struct ChannelTag>;
using MessageId = Id<struct MessageTag>;
// Names a log inside the server; never on the wire.
using LogId = Id<struct LogTag>;

// A place in a log: 1, 2, 3 … without a gap. 0 is before the first entry.
using Seq = std::uint64_t;

// The `sub` of a token: opaque, case-sensitive.
struct UserId {
  std::string value;
  auto operator<=>(const UserId&) const = default;
  [[nodiscard]] bool empty() const { return value.empty(); }
};

}  // namespace hubbub

template <class Tag>
struct std::hash<hubbub::Id<Tag>> {
  std::size_t operator()(const hubbub::Id<Tag>& id) const noexcept {
    return std::hash<std::int64_t>{}(id.value);
  }
};
template <>
struct std::hash<hubbub::UserId> {
  std::size_t operator()(const hubbub::UserId& id) const noexcept {
    return std::hash<std::string>{}(id.value);
  }
};
