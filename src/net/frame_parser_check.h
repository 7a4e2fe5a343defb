// What must hold for FrameParser whatever a peer sends, for the fuzzer and the tests.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace hubbub {

// Gives the bytes to one parser at once and to another in pieces, whose sizes the first bytes say.
// Both must see the same messages and the same end. Aborts where they do not (base/check.h).
void check_frame_parser(std::span<const std::uint8_t> input);

}  // namespace hubbub
