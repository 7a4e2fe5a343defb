#include "net/net_server.h"

#include <utility>

namespace hubbub {

NetServer::NetServer(Reactor& reactor, ListeningSocket socket, HttpService& service,
                     WebSocketDoor& door, TrustedProxies trusted, const NetLimits& limits,
                     Metrics& metrics, const Clock& clock)
    : net_(reactor, limits, metrics, clock),
      doors_{service, door, std::move(trusted)},
      listener_(net_, doors_, std::move(socket)) {}

NetServer::~NetServer() { net_.registry.cut_off_all(); }

void NetServer::start() {
  net_.registry.start();
  listener_.start();
}

void NetServer::stop_accepting() { listener_.stop(); }

void NetServer::close_all(CloseCode code, const std::function<std::string(std::size_t)>& reason_for,
                          std::chrono::seconds within, std::function<void()> done) {
  net_.registry.go_away(code, reason_for, within, std::move(done));
}

}  // namespace hubbub
