#include "net/client_frame.h"

#include "net/frame_header.h"

namespace hubbub {

std::string client_frame(std::string_view payload, ClientFrame frame) {
  std::string bytes;
  bytes += static_cast<char>((frame.is_final ? 0x80 : 0) | static_cast<int>(frame.opcode));
  const auto size = payload.size();
  const std::size_t width = size < 126 ? 0 : size <= 0xFFFF ? 2 : 8;
  bytes += static_cast<char>(0x80 | (width == 0 ? size : width == 2 ? 126 : 127));
  for (std::size_t i = width; i > 0; --i)
    bytes += static_cast<char>((size >> (8 * (i - 1))) & 0xFF);
  bytes.append(frame.mask.data(), frame.mask.size());
  std::string masked(payload);
  unmask(masked, frame.mask, 0);
  return bytes + masked;
}

std::string close_payload(unsigned code, std::string_view reason) {
  return std::string{static_cast<char>(code >> 8), static_cast<char>(code & 0xFF)} +
         std::string(reason);
}

}  // namespace hubbub
