#include "net/frame_header.h"

#include <bit>
#include <cstring>

namespace hubbub {
namespace {

std::uint64_t big_endian(std::string_view bytes) {
  std::uint64_t value = 0;
  for (const char c : bytes) value = value << 8 | static_cast<unsigned char>(c);
  return value;
}

bool is_known(std::uint8_t opcode) { return opcode <= 0x2 || (opcode >= 0x8 && opcode <= 0xA); }

}  // namespace

HeaderVerdict parse_frame_header(std::string_view bytes, FrameHeader& header, const char*& why) {
  const auto invalid = [&why](const char* text) {
    why = text;
    return HeaderVerdict::kInvalid;
  };
  if (bytes.empty()) return HeaderVerdict::kIncomplete;
  const auto first = static_cast<std::uint8_t>(bytes[0]);
  if ((first & 0x70) != 0) return invalid("reserved bit set");
  if (!is_known(first & 0x0F)) return invalid("reserved opcode");
  header.opcode = static_cast<Opcode>(first & 0x0F);
  header.is_final = (first & 0x80) != 0;
  // RFC 6455 5.5: control frames are not fragmented and carry at most 125 bytes.
  if (header.is_control() && !header.is_final) return invalid("fragmented control frame");
  if (bytes.size() < 2) return HeaderVerdict::kIncomplete;

  const auto second = static_cast<std::uint8_t>(bytes[1]);
  if ((second & 0x80) == 0) return invalid("frame not masked");
  const std::uint8_t length = second & 0x7F;
  if (header.is_control() && length > 125) return invalid("control frame too long");
  const std::size_t width = length < 126 ? 0 : length == 126 ? 2 : 8;
  header.header_bytes = static_cast<std::uint8_t>(2 + width + 4);
  if (bytes.size() < 2 + width) return HeaderVerdict::kIncomplete;
  header.payload_bytes = width == 0 ? length : big_endian(bytes.substr(2, width));
  // RFC 6455 5.2: the shortest encoding must be used, and the top bit of 64 is 0.
  if (width == 2 && header.payload_bytes < 126) return invalid("length not in its shortest form");
  if (width == 8 && header.payload_bytes <= 0xFFFF)
    return invalid("length not in its shortest form");
  if (header.payload_bytes >> 63 != 0) return invalid("length beyond 63 bits");
  if (bytes.size() < header.header_bytes) return HeaderVerdict::kIncomplete;
  std::memcpy(header.mask.data(), bytes.data() + 2 + width, 4);
  return HeaderVerdict::kComplete;
}

void unmask(std::span<char> payload, const std::array<char, 4>& mask, std::uint64_t offset) {
  // The mask, turned so that it starts with the byte for payload[0], twice: one 64-bit word.
  std::array<char, 8> turned{};
  for (std::size_t i = 0; i < turned.size(); ++i) turned[i] = mask[(offset + i) & 3];
  const auto key = std::bit_cast<std::uint64_t>(turned);
  char* at = payload.data();
  std::size_t left = payload.size();
  for (; left >= 8; at += 8, left -= 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, at, 8);
    word ^= key;
    std::memcpy(at, &word, 8);
  }
  for (std::size_t i = 0; i < left; ++i) at[i] = static_cast<char>(at[i] ^ turned[i]);
}

bool is_close_code(std::uint16_t code) {
  // 1004 to 1006 and 1015 are never sent; 1012 to 1014 come from the IANA registry; 3000 to 4999
  // belong to libraries and applications.
  if (code >= 3000) return code <= 4999;
  return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014);
}

CloseNotice read_close_payload(std::string_view payload) {
  if (payload.size() < 2) return {};
  return {static_cast<std::uint16_t>(big_endian(payload.substr(0, 2))), payload.substr(2)};
}

}  // namespace hubbub
