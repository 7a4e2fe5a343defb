// Tests: a WebSocket connection without a socket. It keeps what it is sent, and can play the reader
// who takes nothing.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "session/connection.h"

namespace hubbub {

class FakeConnection final : public Connection {
 public:
  bool send(const Shared<Frame>& frame) override { return !is_full && send_unbounded(frame); }
  void send_urgent(const Shared<Frame>& frame) override { (void)send_unbounded(frame); }
  bool send_unbounded(const Shared<Frame>& frame) override {
    if (closed_with) return false;
    frames.emplace_back(frame->payload());
    return true;
  }
  bool send_if_ready(const Shared<Frame>& frame) override { return send(frame); }
  [[nodiscard]] bool has_room() const override { return !is_node_full; }
  void notify_drained() override { wants_drained = true; }
  void close(CloseCode code, std::string_view reason) override {
    if (closed_with) return;
    closed_with = code;
    closed_because = reason;
  }

  std::vector<std::string> frames;
  std::optional<CloseCode> closed_with;
  std::string closed_because;
  bool is_full = false;
  bool is_node_full = false;  // all connections together
  bool wants_drained = false;
};

}  // namespace hubbub
