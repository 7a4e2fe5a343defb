#include "wire/frame.h"

#include <atomic>
#include <utility>

#include "base/check.h"

namespace hubbub {
namespace {

// On a cache line of its own: reactors look at it for each frame that they put in line.
struct alignas(64) Alive {
  std::atomic<std::int64_t> bytes{0};
};
Alive& alive() {
  static Alive all;
  return all;
}

}  // namespace

Frame::Frame(std::string bytes, std::size_t header_bytes)
    : bytes_(std::move(bytes)), header_bytes_(header_bytes) {
  alive().bytes.fetch_add(static_cast<std::int64_t>(bytes_.capacity() + sizeof(Frame)),
                          std::memory_order_relaxed);
}

Frame::~Frame() {
  alive().bytes.fetch_sub(static_cast<std::int64_t>(bytes_.capacity() + sizeof(Frame)),
                          std::memory_order_relaxed);
}

std::int64_t Frame::bytes_alive() { return alive().bytes.load(std::memory_order_relaxed); }

Shared<Frame> Frame::encode(Opcode opcode, std::string_view payload) {
  const bool is_control = static_cast<std::uint8_t>(opcode) >= 0x8;
  HUBBUB_CHECK(!is_control || payload.size() <= 125);
  std::string bytes;
  bytes.reserve(payload.size() + 10);
  bytes += static_cast<char>(0x80 | static_cast<std::uint8_t>(opcode));  // FIN
  // RFC 6455 5.2: 7 bits of length, or 126 and 16 bits, or 127 and 64 bits, in network order.
  if (payload.size() < 126) {
    bytes += static_cast<char>(payload.size());
  } else {
    const int width = payload.size() <= 0xFFFF ? 2 : 8;
    bytes += static_cast<char>(width == 2 ? 126 : 127);
    for (int shift = (width - 1) * 8; shift >= 0; shift -= 8) {
      bytes += static_cast<char>((static_cast<std::uint64_t>(payload.size()) >> shift) & 0xFF);
    }
  }
  const std::size_t header_bytes = bytes.size();
  bytes += payload;
  return std::make_shared<const Frame>(std::move(bytes), header_bytes);
}

}  // namespace hubbub
