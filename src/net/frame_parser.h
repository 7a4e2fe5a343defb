// Frames from a client, in pieces of any size, put together to messages (RFC 6455 5).
//
// Pure: knows no socket. A whole unfragmented frame is unmasked where it lies and handed out as a
// view, without a copy; only what is incomplete at the end of the bytes at hand is kept, and only
// so long is there anything on the heap. A text's UTF-8 is checked as it arrives, a message's
// length by its headers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>

#include "wire/frame.h"

namespace hubbub {

// A whole message, or a control frame (kPing, kPong, kClose).
struct Received {
  Opcode opcode;
  // Borrows: valid until the next call of next(), and as long as the bytes given to it.
  std::string_view payload;
};

class FrameParser {
 public:
  // REQUIRES: a bound below 4 GiB.
  explicit FrameParser(std::size_t message_bytes_max);
  FrameParser(const FrameParser&) = delete;
  FrameParser& operator=(const FrameParser&) = delete;
  ~FrameParser();

  // Takes bytes off the front of `bytes`, changing them in place, until something is whole.
  // Nothing: all were taken, or the peer broke the protocol and failure() says how; then no call
  // ever gives more.
  [[nodiscard]] std::optional<Received> next(std::span<char>& bytes);

  struct Failure {
    CloseCode code;
    const char* reason;
  };
  [[nodiscard]] bool has_failed() const { return failure_reason_ != nullptr; }
  // REQUIRES: has_failed().
  [[nodiscard]] Failure failure() const { return {failure_code_, failure_reason_}; }

 private:
  struct Incomplete;

  std::optional<Received> take_whole(std::span<char>& bytes);
  std::optional<Received> take_pieces(std::span<char>& bytes);
  bool take_header(std::span<char>& bytes);
  bool begin_frame();
  bool take_payload(std::span<char>& bytes);
  bool is_valid(const Received& received);
  bool fail(CloseCode code, const char* reason);

  std::unique_ptr<Incomplete> incomplete_;
  const char* failure_reason_ = nullptr;
  const std::uint32_t message_bytes_max_;
  CloseCode failure_code_{};
};

}  // namespace hubbub
