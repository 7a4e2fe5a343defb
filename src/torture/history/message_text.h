// A message of a run is known by who sent it and which of theirs it is; its text says both, and is
// the same however often it is sent, so that whoever reads it can tell it from any other.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace hubbub::torture {

struct MessageName {
  std::uint32_t writer = 0;
  // 1, 2, 3 … in the order in which the writer sent them for the first time.
  std::uint32_t number = 0;
  auto operator<=>(const MessageName&) const = default;
};

// "7 1042 " and a filler of a length that follows from the name: 20 to 400 bytes in all.
std::string text_of(const MessageName& message);
// The send key, "w7-1042", for writers that give one.
std::string send_key_of(const MessageName& message);
// Nothing unless `text` is text_of() of that name to the last byte.
std::optional<MessageName> message_of(std::string_view text);

}  // namespace hubbub::torture
