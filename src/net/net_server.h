// The network side of one reactor: its listener, its connections, and their orderly end.
#pragma once

#include <chrono>
#include <functional>
#include <string>

#include "base/clock.h"
#include "base/metrics.h"
#include "base/reactor.h"
#include "net/http_connection.h"
#include "net/listener.h"
#include "net/listening_socket.h"
#include "net/net_limits.h"
#include "net/reactor_net.h"

namespace hubbub {

// Thread: made and destroyed while its reactor does not run; every method on the reactor, or before
// it runs. REQUIRES: the reactor's loop does not run again after this is destroyed. Borrows all
// references.
class NetServer {
 public:
  NetServer(Reactor& reactor, ListeningSocket socket, HttpService& service, WebSocketDoor& door,
            TrustedProxies trusted, const NetLimits& limits, Metrics& metrics,
            const Clock& clock = system_clock());
  NetServer(const NetServer&) = delete;
  NetServer& operator=(const NetServer&) = delete;
  // Cuts off whoever is left.
  ~NetServer();

  // Begins to accept, and to watch deadlines.
  void start();
  // Takes what waits in the accept queue, then accepts no more. Idempotent.
  void stop_accepting();

  // Closes every connection: the i-th WebSocket (from 0, each reactor by itself) with `code` and
  // the reason that `reason_for(i)` gives, HTTP ones after the request in progress. `done` runs on
  // the reactor, once, when all have gone; those still there `within` are cut off. REQUIRES:
  // stop_accepting() before; called once.
  void close_all(CloseCode code, const std::function<std::string(std::size_t)>& reason_for,
                 std::chrono::seconds within, std::function<void()> done);

  [[nodiscard]] std::size_t connection_count() const { return net_.registry.size(); }
  // Tests: what happens once a second, now.
  void tick() { net_.registry.tick_all(); }

 private:
  ReactorNet net_;
  const HttpDoors doors_;
  Listener listener_;
};

}  // namespace hubbub
