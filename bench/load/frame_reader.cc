#include "load/frame_reader.h"

namespace hubbub::bench {

FrameReader::Head FrameReader::read_head(std::string_view bytes) {
  if (bytes.size() < 2) return {};
  const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(bytes[i]); };
  Head head{.opcode = static_cast<Opcode>(byte(0) & 0x0F)};
  // Hubbub never fragments what it sends; RSV bits would be an extension nobody asked for; servers
  // do not mask (RFC 6455 5.1).
  head.is_wrong = (byte(0) & 0xF0) != 0x80 || (byte(1) & 0x80) != 0;
  const std::size_t width = byte(1) == 126 ? 2 : byte(1) == 127 ? 8 : 0;
  if (bytes.size() < 2 + width) return head;
  head.size = 2 + width;
  if (width == 0) head.payload_size = byte(1);
  for (std::size_t i = 0; i < width; ++i) {
    head.payload_size = head.payload_size << 8 | byte(2 + i);
  }
  return head;
}

}  // namespace hubbub::bench
