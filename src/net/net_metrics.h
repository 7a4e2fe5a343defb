// What net/ counts. Thread: any; all reactors share one set.
#pragma once

#include <array>
#include <cstdint>

#include "base/metrics.h"

namespace hubbub {

struct NetMetrics {
  explicit NetMetrics(Metrics& metrics);

  // A WebSocket ended with this code; 0: a close frame without one; 1006: without a close frame.
  void count_close(std::uint16_t code);

  // Open sockets of either kind: what connections_max bounds.
  Gauge& sockets;
  Gauge& websockets;
  Counter& accepted;
  Counter& refused;
  Counter& accept_failures;
  Counter& frames_received;
  Counter& frames_sent;
  Counter& bytes_received;
  Counter& bytes_sent;
  Counter& flushes;
  Counter& outbox_full;
  Counter& outbox_total_full;
  // Unit: bytes, of places in line; the frames are counted by themselves (wire/frame.h).
  Gauge& outbox_places;
  Counter& urgent_full;
  Counter& stalled;
  Counter& http_requests;
  Counter& http_malformed;
  Counter& http_unanswered;

 private:
  static constexpr std::array<std::uint16_t, 16> kCodes = {
      0, 1000, 1001, 1002, 1003, 1006, 1007, 1008, 1009, 1011, 1013, 4400, 4401, 4403, 4408, 4429};
  std::array<Counter*, kCodes.size()> closes_{};
  Counter& closes_other_;
};

}  // namespace hubbub
