#include "net/frame_parser_check.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "base/check.h"
#include "net/frame_parser.h"
#include "wire/utf8.h"

namespace hubbub {
namespace {

constexpr std::size_t kMessageBytesMax = 300;

struct Seen {
  std::vector<std::pair<Opcode, std::string>> messages;
  bool failed = false;
  CloseCode code{};
  bool operator==(const Seen&) const = default;
};

void take_all(FrameParser& parser, std::span<char> bytes, Seen& seen) {
  while (const auto received = parser.next(bytes)) {
    const bool is_control = static_cast<std::uint8_t>(received->opcode) >= 8;
    HUBBUB_CHECK(received->payload.size() <= (is_control ? 125 : kMessageBytesMax));
    HUBBUB_CHECK(received->opcode != Opcode::kText || is_utf8(received->payload));
    seen.messages.emplace_back(received->opcode, received->payload);
  }
  HUBBUB_CHECK(parser.has_failed() || bytes.empty());
  seen.failed = parser.has_failed();
  if (seen.failed) seen.code = parser.failure().code;
}

}  // namespace

void check_frame_parser(std::span<const std::uint8_t> input) {
  constexpr std::size_t kSizes = 4;
  if (input.size() < kSizes) return;
  const auto sizes = input.first(kSizes);
  const std::string bytes(input.begin() + kSizes, input.end());

  Seen at_once;
  FrameParser whole(kMessageBytesMax);
  std::string copy = bytes;
  take_all(whole, copy, at_once);

  Seen in_pieces;
  FrameParser pieces(kMessageBytesMax);
  copy = bytes;
  std::span<char> rest(copy);
  for (std::size_t i = 0; !rest.empty(); ++i) {
    const auto size = std::min<std::size_t>(rest.size(), 1 + sizes[i % kSizes] % 64);
    take_all(pieces, rest.first(size), in_pieces);
    rest = rest.subspan(size);
  }
  HUBBUB_CHECK(at_once == in_pieces);
}

}  // namespace hubbub
