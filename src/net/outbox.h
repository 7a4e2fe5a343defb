// The bounded queue of frames that one connection has still to send.
//
// Lives on its connection's reactor. Invariants:
//  - what push() took and is still here has at most bytes_max bytes: what does not fit is refused,
//  never
//    dropped from the middle; urgent frames have a bound of their own; push_unbounded() has none;
//  - frames leave in the order in which push() and push_unbounded() took them; urgent ones, in
//  their own
//    order, ahead of all others, but never inside a frame that has left in part.
#pragma once

#include <sys/uio.h>

#include <cstddef>
#include <cstdint>
#include <span>

#include "net/frame_lane.h"

namespace hubbub {

class Outbox {
 public:
  // REQUIRES: bounds below 4 GiB.
  Outbox(std::size_t bytes_max, std::size_t urgent_bytes_max);

  // Errors: false, and takes nothing, when the frame does not fit.
  // Cost: one pointer; the bytes are shared with every other outbox.
  [[nodiscard]] bool push(const Shared<Frame>& frame);
  // Errors: as push(), by the bound of urgent frames.
  [[nodiscard]] bool push_urgent(const Shared<Frame>& frame);
  void push_unbounded(const Shared<Frame>& frame);
  // Ahead of everything, urgent frames too: the answer to the handshake. REQUIRES: empty.
  void push_handshake(const Shared<Frame>& frame);

  // Fills at most spans.size() buffers with what is first in line, for one gathered send; says how
  // many. Borrows: the buffers stay valid until consume().
  std::size_t gather(std::span<iovec> spans) const;

  // The socket took this many bytes; may end inside a frame. Returns how many frames are through.
  // REQUIRES: no more than gather() gave, and no push between the two.
  std::size_t consume(std::size_t bytes);

  // Frames in line, one that has left in part too.
  [[nodiscard]] std::size_t size() const { return line_.size() + (partial_.frame ? 1 : 0); }
  [[nodiscard]] bool is_empty() const { return !partial_.frame && line_.is_empty(); }
  // Unit: bytes, of push() only.
  [[nodiscard]] std::size_t counted_bytes() const { return counted_bytes_; }
  [[nodiscard]] std::size_t urgent_bytes() const { return urgent_bytes_; }
  // Gives back what memory it holds if it is empty.
  void release_if_empty();

 private:
  using Kind = FrameLane::Kind;
  std::size_t finish(const FrameLane::Entry& entry);

  // 32 bits each: an outbox is most of what an idle connection costs.
  const std::uint32_t bytes_max_;
  const std::uint32_t urgent_bytes_max_;
  std::uint32_t counted_bytes_ = 0;
  std::uint32_t urgent_bytes_ = 0;
  std::uint32_t urgent_count_ = 0;  // the first so many of line_ are urgent
  std::uint32_t partial_sent_ = 0;  // bytes of partial_ that have left
  FrameLane::Entry partial_;        // first in line
  FrameLane line_;
};

}  // namespace hubbub
