#include "net/net_metrics.h"

#include <string>

#include "wire/frame.h"

namespace hubbub {
namespace {

constexpr auto kCloses = "hubbub_websocket_closes_total";
constexpr auto kClosesHelp = "WebSocket connections ended, by close code";

}  // namespace

NetMetrics::NetMetrics(Metrics& metrics)
    : sockets(metrics.gauge("hubbub_sockets", "Open client sockets, HTTP and WebSocket")),
      websockets(metrics.gauge("hubbub_websockets", "Open WebSocket connections")),
      accepted(metrics.counter("hubbub_sockets_accepted_total", "Client sockets accepted")),
      refused(metrics.counter("hubbub_sockets_refused_total",
                              "Client sockets closed at once because of the limit on connections")),
      accept_failures(metrics.counter("hubbub_accept_failures_total",
                                      "accept() failed, for want of file descriptors or memory")),
      frames_received(metrics.counter("hubbub_frames_received_total",
                                      "Whole messages and control frames from clients")),
      frames_sent(metrics.counter("hubbub_frames_sent_total", "Frames taken by client sockets")),
      bytes_received(metrics.counter("hubbub_received_bytes_total", "Bytes from WebSockets")),
      bytes_sent(metrics.counter("hubbub_sent_bytes_total", "Bytes taken by WebSockets")),
      flushes(metrics.counter("hubbub_flushes_total", "Flushes of the outboxes of one reactor")),
      outbox_full(metrics.counter("hubbub_outbox_full_total", "Frames refused by a full outbox")),
      outbox_total_full(
          metrics.counter("hubbub_outbox_total_full_total",
                          "Frames refused because all outboxes together held what they may")),
      outbox_places(
          metrics.gauge("hubbub_outbox_places_bytes", "Memory for places in line of all outboxes")),
      urgent_full(metrics.counter("hubbub_outbox_urgent_full_total",
                                  "Connections cut because they took no acknowledgements")),
      stalled(metrics.counter("hubbub_connections_stalled_total",
                              "Connections cut because they took nothing for too long")),
      http_requests(metrics.counter("hubbub_http_requests_total", "HTTP requests, upgrades too")),
      http_malformed(
          metrics.counter("hubbub_http_malformed_total", "HTTP requests not understood")),
      http_unanswered(metrics.counter("hubbub_http_unanswered_total",
                                      "HTTP requests answered 504 for want of a reply")),
      closes_other_(metrics.counter(kCloses, kClosesHelp, "code=\"other\"")) {
  metrics.observed("hubbub_frames_bytes", "Memory of all encoded frames, each counted once",
                   [] { return Frame::bytes_alive(); });
  for (std::size_t i = 0; i < kCodes.size(); ++i) {
    closes_[i] =
        &metrics.counter(kCloses, kClosesHelp, "code=\"" + std::to_string(kCodes[i]) + "\"");
  }
}

void NetMetrics::count_close(std::uint16_t code) {
  for (std::size_t i = 0; i < kCodes.size(); ++i) {
    if (kCodes[i] == code) return closes_[i]->add();
  }
  closes_other_.add();
}

}  // namespace hubbub
