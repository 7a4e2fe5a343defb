#include "net/frame_parser.h"

#include <algorithm>
#include <cstring>
#include <string>

#include "base/check.h"
#include "net/frame_header.h"
#include "net/utf8_stream.h"
#include "wire/utf8.h"

namespace hubbub {

// What is known of a frame or a message whose end is still to come.
struct FrameParser::Incomplete {
  // The frame: first its header, then as much of its payload as has come.
  std::array<char, FrameHeader::kBytesMax> header_bytes{};
  std::size_t header_have = 0;
  bool in_payload = false;
  FrameHeader frame;
  std::uint64_t payload_have = 0;
  std::array<char, 125> control{};

  // The message, over all its frames.
  bool in_message = false;
  Opcode opcode = Opcode::kText;
  Utf8Stream utf8;
  std::string message;

  [[nodiscard]] bool is_spent() const { return !in_message && !in_payload && header_have == 0; }
};

FrameParser::FrameParser(std::size_t message_bytes_max)
    : message_bytes_max_(static_cast<std::uint32_t>(message_bytes_max)) {
  HUBBUB_CHECK(message_bytes_max_ == message_bytes_max);
}
FrameParser::~FrameParser() = default;

bool FrameParser::fail(CloseCode code, const char* reason) {
  failure_code_ = code;
  failure_reason_ = reason;
  incomplete_.reset();
  return false;
}

std::optional<Received> FrameParser::next(std::span<char>& bytes) {
  if (has_failed()) return std::nullopt;
  if (incomplete_ && incomplete_->is_spent()) incomplete_.reset();
  if (!incomplete_) {
    if (bytes.empty()) return std::nullopt;
    if (auto received = take_whole(bytes)) return received;
    if (has_failed()) return std::nullopt;
    incomplete_ = std::make_unique<Incomplete>();
  }
  return take_pieces(bytes);
}

// A whole frame that is a message by itself, or a control frame.
std::optional<Received> FrameParser::take_whole(std::span<char>& bytes) {
  FrameHeader header;
  const char* why = nullptr;
  switch (parse_frame_header({bytes.data(), bytes.size()}, header, why)) {
    case HeaderVerdict::kIncomplete:
      return std::nullopt;
    case HeaderVerdict::kInvalid:
      fail(CloseCode::kProtocolError, why);
      return std::nullopt;
    case HeaderVerdict::kComplete:
      break;
  }
  if (header.opcode == Opcode::kContinuation || !header.is_final ||
      header.payload_bytes > message_bytes_max_ ||
      header.payload_bytes > bytes.size() - header.header_bytes) {
    return std::nullopt;
  }
  const auto payload = bytes.subspan(header.header_bytes, header.payload_bytes);
  unmask(payload, header.mask, 0);
  bytes = bytes.subspan(header.header_bytes + payload.size());
  const Received received{header.opcode, {payload.data(), payload.size()}};
  if (received.opcode == Opcode::kText && !is_utf8(received.payload)) {
    fail(CloseCode::kInvalidPayload, "text is not UTF-8");
    return std::nullopt;
  }
  if (!is_valid(received)) return std::nullopt;
  return received;
}

bool FrameParser::take_header(std::span<char>& bytes) {
  auto& in = *incomplete_;
  const auto room = in.header_bytes.size() - in.header_have;
  const auto taken = std::min(room, bytes.size());
  std::copy_n(bytes.data(), taken, in.header_bytes.data() + in.header_have);
  const char* why = nullptr;
  const auto verdict =
      parse_frame_header({in.header_bytes.data(), in.header_have + taken}, in.frame, why);
  if (verdict == HeaderVerdict::kInvalid) return fail(CloseCode::kProtocolError, why);
  if (verdict == HeaderVerdict::kIncomplete) {
    in.header_have += taken;
    bytes = {};
    return false;
  }
  bytes = bytes.subspan(in.frame.header_bytes - in.header_have);
  in.header_have = 0;
  return begin_frame();
}

bool FrameParser::begin_frame() {
  auto& in = *incomplete_;
  in.in_payload = true;
  in.payload_have = 0;
  if (in.frame.is_control()) return true;
  // RFC 6455 5.4: fragments of one message are not mixed with another's.
  const bool continues = in.frame.opcode == Opcode::kContinuation;
  if (continues && !in.in_message) {
    return fail(CloseCode::kProtocolError, "continuation of nothing");
  }
  if (!continues && in.in_message) {
    return fail(CloseCode::kProtocolError, "message within a message");
  }
  if (in.frame.payload_bytes > message_bytes_max_ - in.message.size()) {
    return fail(CloseCode::kMessageTooBig, "message too long");
  }
  if (!continues) in.opcode = in.frame.opcode;
  in.in_message = true;
  return true;
}

// True when the frame's payload is whole.
bool FrameParser::take_payload(std::span<char>& bytes) {
  auto& in = *incomplete_;
  const auto taken = static_cast<std::size_t>(
      std::min<std::uint64_t>(in.frame.payload_bytes - in.payload_have, bytes.size()));
  const auto piece = bytes.first(taken);
  unmask(piece, in.frame.mask, in.payload_have);
  if (in.frame.is_control()) {
    std::copy_n(piece.data(), taken, in.control.data() + in.payload_have);
  } else {
    if (in.opcode == Opcode::kText && !in.utf8.push({piece.data(), taken})) {
      return fail(CloseCode::kInvalidPayload, "text is not UTF-8");
    }
    in.message.append(piece.data(), taken);
  }
  bytes = bytes.subspan(taken);
  in.payload_have += taken;
  in.in_payload = in.payload_have < in.frame.payload_bytes;
  return !in.in_payload;
}

std::optional<Received> FrameParser::take_pieces(std::span<char>& bytes) {
  while (true) {
    if (!incomplete_->in_payload && !take_header(bytes)) return std::nullopt;
    if (!take_payload(bytes)) return std::nullopt;
    auto& in = *incomplete_;
    if (in.frame.is_control()) {
      const Received received{in.frame.opcode, {in.control.data(), in.frame.payload_bytes}};
      if (!is_valid(received)) return std::nullopt;
      return received;
    }
    if (!in.frame.is_final) continue;
    if (!in.utf8.is_complete()) {
      fail(CloseCode::kInvalidPayload, "text ends within a code point");
      return std::nullopt;
    }
    in.in_message = false;
    return Received{in.opcode, in.message};
  }
}

// RFC 6455 5.5.1, 7.4: a close frame is empty, or a code that may be sent and a reason in UTF-8.
bool FrameParser::is_valid(const Received& received) {
  if (received.opcode != Opcode::kClose || received.payload.empty()) return true;
  if (received.payload.size() == 1) return fail(CloseCode::kProtocolError, "half a close code");
  const auto notice = read_close_payload(received.payload);
  if (!is_close_code(notice.code)) return fail(CloseCode::kProtocolError, "no such close code");
  if (!is_utf8(notice.reason)) return fail(CloseCode::kInvalidPayload, "reason is not UTF-8");
  return true;
}

}  // namespace hubbub
