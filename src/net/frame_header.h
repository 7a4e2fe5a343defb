// The header of a frame from a client (RFC 6455 5.2), and its mask.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "wire/frame.h"

namespace hubbub {

struct FrameHeader {
  // 2 bytes, 8 of extended length, 4 of mask.
  static constexpr std::size_t kBytesMax = 14;

  Opcode opcode = Opcode::kContinuation;
  bool is_final = false;
  std::uint8_t header_bytes = 0;
  std::array<char, 4> mask{};
  std::uint64_t payload_bytes = 0;

  [[nodiscard]] bool is_control() const { return static_cast<std::uint8_t>(opcode) >= 0x8; }
};

enum class HeaderVerdict : std::uint8_t { kIncomplete, kComplete, kInvalid };

// Reads a header from the front of `bytes`; judged as early as its bytes allow. On kInvalid `why`
// is set.
HeaderVerdict parse_frame_header(std::string_view bytes, FrameHeader& header, const char*& why);

// Undoes the mask in place (RFC 6455 5.3). `offset`: how many bytes of the payload came before
// these.
void unmask(std::span<char> payload, const std::array<char, 4>& mask, std::uint64_t offset);

// What a close frame says (RFC 6455 5.5.1).
struct CloseNotice {
  // 0: the frame was empty.
  std::uint16_t code = 0;
  std::string_view reason = {};
};

// True for the codes that may go over the wire (RFC 6455 7.4 and its registry).
bool is_close_code(std::uint16_t code);
// REQUIRES: a payload that FrameParser handed out.
CloseNotice read_close_payload(std::string_view payload);

}  // namespace hubbub
