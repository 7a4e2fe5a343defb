// The bounds and deadlines of net/. Every deadline is judged once a second, so it may come a second
// late.
#pragma once

#include <chrono>
#include <cstddef>

namespace hubbub {

struct NetLimits {
  // Of the whole process. One more is accepted and closed at once.
  std::size_t connections_max = 100'000;

  // WebSocket. A longer message is refused with 1009.
  std::size_t message_bytes_max = 64 * 1024;
  // What may wait for one connection, greetings and replay pages apart.
  std::size_t outbox_bytes_max = 256 * 1024;
  // What all connections of the process may have waiting (net/outbox_total.h). Past it whoever does
  // not take all that is sent goes back to the log at once, and pages and histories wait.
  std::size_t outbox_total_bytes_max = 256 * 1024 * 1024;
  // What may wait of acknowledgements, errors and pongs; past it the connection is cut. From an
  // eighth of it on the peer is not read, so only answers that are under way already can come on
  // top: 1,024 commands of one session (session_host.h) with 256 bytes each.
  std::size_t urgent_bytes_max = 512 * 1024;
  // What one connection may read before others have their turn.
  std::size_t read_bytes_per_turn_max = 64 * 1024;
  // After a first flush at once, the shortest time between two.
  std::chrono::milliseconds flush_interval{5};

  // With a subprotocol only: the old clients are neither pinged nor found idle.
  std::chrono::seconds ping_after{30};
  std::chrono::seconds idle_max{75};
  // A peer that takes nothing of what waits for it for so long is cut off.
  std::chrono::seconds stall_max{30};
  // From close() to the peer's end.
  std::chrono::seconds close_within{5};

  std::size_t header_bytes_max = 16 * 1024;
  std::size_t body_bytes_max = 64 * 1024;
  std::chrono::seconds header_within{10};
  std::chrono::seconds body_within{30};
  std::chrono::seconds keep_alive_max{60};
  // A request that rest/ has not answered by then gets 504.
  std::chrono::seconds reply_within{30};

  // What the kernel holds for a peer that does not take it (TCP_NOTSENT_LOWAT). 0: the kernel's own
  // bound, which is megabytes.
  std::size_t unsent_bytes_max = 128 * 1024;
  // TCP keep-alive: the only way to find that an old client's machine has gone.
  std::chrono::seconds keepalive_after{60};
  std::chrono::seconds keepalive_interval{15};
  int keepalive_probes = 4;
};

}  // namespace hubbub
