// One message as it goes over the wire, WebSocket header included: encoded once, then only pointed
// at.
//
// Server frames are unmasked (RFC 6455 5.1), so one sequence of bytes serves every connection. A
// Shared<Frame> never changes and may be read by any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/shared.h"

namespace hubbub {

// RFC 6455 5.2
enum class Opcode : std::uint8_t {
  kContinuation = 0x0,
  kText = 0x1,
  kBinary = 0x2,
  kClose = 0x8,
  kPing = 0x9,
  kPong = 0xA,
};

class Frame {
 public:
  // One whole message. REQUIRES: a control frame's payload has at most 125 bytes (RFC 6455 5.5).
  static Shared<Frame> encode(Opcode opcode, std::string_view payload);
  static Shared<Frame> text(std::string_view payload) { return encode(Opcode::kText, payload); }

  // Header and payload, ready to send.
  [[nodiscard]] std::string_view bytes() const { return bytes_; }
  [[nodiscard]] std::string_view payload() const {
    return std::string_view(bytes_).substr(header_bytes_);
  }

  // What all frames of this process hold, each once however many connections wait for it.
  // Thread: any. Cost: one add for each frame that is made, and one when it goes.
  [[nodiscard]] static std::int64_t bytes_alive();

  // For encode() only; public so that make_shared can reach it.
  Frame(std::string bytes, std::size_t header_bytes);
  Frame(const Frame&) = delete;
  Frame& operator=(const Frame&) = delete;
  ~Frame();

 private:
  const std::string bytes_;
  const std::size_t header_bytes_;
};

// RFC 6455 7.4.1 and its registry; 4400 and up are ours (docs/protocol.md, Closing).
enum class CloseCode : std::uint16_t {
  kNormal = 1000,
  kGoingAway = 1001,
  kProtocolError = 1002,
  kUnsupportedData = 1003,
  kInvalidPayload = 1007,
  kPolicyViolation = 1008,
  kMessageTooBig = 1009,
  kInternalError = 1011,
  kTryAgainLater = 1013,
  kMalformed = 4400,
  kUnauthorized = 4401,
  kBanned = 4403,
  kIdle = 4408,
  kTooManyConnections = 4429,
};

}  // namespace hubbub
