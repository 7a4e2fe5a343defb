// What all outboxes of this process hold together, as one reactor sees it.
//
// Counted are the frames that are alive, each once however many connections wait for it, and a
// place in line for each connection that does. Frames that wait for nobody (a greeting that is
// kept) count too: they are few.
//
// Thread: its reactor's; the counts behind it are of all reactors. No lock, and nothing that
// reactors share is written for each frame.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "base/metrics.h"
#include "net/frame_lane.h"
#include "wire/frame.h"

namespace hubbub {

class OutboxTotal {
 public:
  // `places_bytes`: what all reactors have told so far of their places in line.
  OutboxTotal(std::size_t bytes_max, Gauge& places_bytes)
      : bytes_max_(static_cast<std::int64_t>(bytes_max)), places_bytes_(places_bytes) {}
  OutboxTotal(const OutboxTotal&) = delete;
  OutboxTotal& operator=(const OutboxTotal&) = delete;
  ~OutboxTotal() { places_bytes_.add(untold_bytes_); }

  // So many frames were put in line on this reactor, or have left.
  void add(std::ptrdiff_t places) {
    untold_bytes_ += places * static_cast<std::ptrdiff_t>(sizeof(FrameLane::Entry));
    if (std::abs(untold_bytes_) < kToldBytes) return;
    places_bytes_.add(untold_bytes_);
    untold_bytes_ = 0;
  }

  [[nodiscard]] bool is_full() const {
    return Frame::bytes_alive() + places_bytes_.value() + untold_bytes_ > bytes_max_;
  }

 private:
  // What other reactors do not know of this one yet is less than that.
  static constexpr std::int64_t kToldBytes = 64 * 1024;

  const std::int64_t bytes_max_;
  Gauge& places_bytes_;
  std::int64_t untold_bytes_ = 0;
};

}  // namespace hubbub
