// Frames: whatever a client sends is understood alike however it is cut into pieces.
//
// Input: 1 byte of message limit, 4 bytes of piece lengths (taken in turn), then what the client
// sends.
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/check.h"
#include "net/frame_parser.h"
#include "wire/utf8.h"

namespace hubbub {
namespace {

constexpr std::size_t kHeadBytes = 5;

struct Understood {
  struct Message {
    Opcode opcode;
    std::string payload;
    bool operator==(const Message&) const = default;
  };
  std::vector<Message> messages;
  bool has_failed = false;
  CloseCode code{};
  bool operator==(const Understood&) const = default;
};

void check_message(const Received& received, std::size_t message_bytes_max) {
  const bool is_control = static_cast<std::uint8_t>(received.opcode) >= 0x8;
  HUBBUB_CHECK(received.opcode != Opcode::kContinuation);
  // RFC 6455 5.5
  HUBBUB_CHECK(received.payload.size() <= (is_control ? 125 : message_bytes_max));
  HUBBUB_CHECK(received.opcode != Opcode::kText || is_utf8(received.payload));
}

// Feeds `piece` from memory of exactly its length, so that a read beyond it is seen.
void feed(FrameParser& parser, std::span<const std::uint8_t> piece, std::size_t message_bytes_max,
          Understood& into) {
  const auto memory = std::make_unique<char[]>(piece.size());
  std::copy(piece.begin(), piece.end(), memory.get());
  std::span<char> bytes(memory.get(), piece.size());
  while (const auto received = parser.next(bytes)) {
    check_message(*received, message_bytes_max);
    into.messages.push_back({received->opcode, std::string(received->payload)});
  }
  HUBBUB_CHECK(bytes.empty() || parser.has_failed());
}

void note_failure(const FrameParser& parser, Understood& into) {
  into.has_failed = parser.has_failed();
  if (into.has_failed) into.code = parser.failure().code;
}

Understood understand_whole(std::span<const std::uint8_t> sent, std::size_t message_bytes_max) {
  FrameParser parser(message_bytes_max);
  Understood understood;
  feed(parser, sent, message_bytes_max, understood);
  note_failure(parser, understood);
  return understood;
}

Understood understand_pieces(std::span<const std::uint8_t> sent,
                             std::span<const std::uint8_t> lengths, std::size_t message_bytes_max) {
  FrameParser parser(message_bytes_max);
  Understood understood;
  for (std::size_t i = 0; !sent.empty() && !parser.has_failed(); ++i) {
    const auto length = std::min<std::size_t>(lengths[i % lengths.size()] + 1U, sent.size());
    feed(parser, sent.first(length), message_bytes_max, understood);
    sent = sent.subspan(length);
  }
  note_failure(parser, understood);
  return understood;
}

}  // namespace
}  // namespace hubbub

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace hubbub;
  const std::span input(data, size);
  if (input.size() < kHeadBytes) return 0;
  // 16 to 4,096 bytes: limits that an input can pass.
  const std::size_t message_bytes_max = (input[0] + 1U) * 16U;
  const auto sent = input.subspan(kHeadBytes);
  const auto whole = understand_whole(sent, message_bytes_max);
  HUBBUB_CHECK(whole == understand_pieces(sent, input.subspan(1, 4), message_bytes_max));
  return 0;
}
