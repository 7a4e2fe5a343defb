// Sends every message back to who sent it: what the conformance suite and the benchmarks of net/
// talk to.
//
//   echo_server [--listen ADDRESS:PORT] [--reactors N]
//
// Prints "listening on ADDRESS:PORT" once it accepts connections; runs until SIGTERM or SIGINT.
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "net/net_server.h"

namespace hubbub {
namespace {

class EchoSession final : public ConnectionEvents {
 public:
  void on_open(Connection& connection) override { connection_ = &connection; }
  void on_message(Opcode opcode, std::string_view message) override {
    // False only when the connection is closing; then nobody waits for an echo.
    static_cast<void>(connection_->send_unbounded(Frame::encode(opcode, message)));
  }
  void on_drained() override {}
  void on_closed() override { connection_ = nullptr; }

 private:
  Connection* connection_ = nullptr;
};

// Lets everyone in at /ws.
class EchoDoor final : public WebSocketDoor {
 public:
  void admit(const HttpRequest&, bool is_upgrade, std::function<void(Admission)> answer) override {
    if (!is_upgrade) return answer(HttpResponse{.status = 400, .body = "Bad Request\n"});
    answer(Admitted{.subprotocol = {}, .events = std::make_unique<EchoSession>()});
  }
};

// Answers with the request's body.
class EchoService final : public HttpService {
 public:
  void serve(HttpRequest request, HttpReply reply) override {
    reply(HttpResponse{.status = 200,
                       .headers = {{"Content-Type", "text/plain; charset=utf-8"}},
                       .body = std::move(request.body)});
  }
};

struct Options {
  std::string listen = "127.0.0.1:0";
  std::size_t reactors = 1;
};

Options read_options(int argc, char** argv) {
  Options options;
  for (int i = 1; i + 1 < argc; i += 2) {
    const std::string_view name = argv[i];
    if (name == "--listen") options.listen = argv[i + 1];
    if (name == "--reactors") options.reactors = std::strtoul(argv[i + 1], nullptr, 10);
  }
  return options;
}

// One reactor with all that it needs; destroyed in this order's reverse.
struct Place {
  explicit Place(std::size_t index) : reactor(index) {}

  Reactor reactor;
  EchoDoor door;
  EchoService service;
  std::unique_ptr<NetServer> server;
};

int run(const Options& options) {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);

  NetLimits limits;
  limits.message_bytes_max = std::size_t{32} * 1024 * 1024;
  auto listening = bind_listeners(options.listen, options.reactors, limits);
  if (!listening) {
    std::fprintf(stderr, "%s\n", listening.error().detail.c_str());
    return 1;
  }
  Metrics metrics;
  std::vector<std::unique_ptr<Place>> places;
  for (std::size_t i = 0; i < options.reactors; ++i) {
    auto& place = *places.emplace_back(std::make_unique<Place>(i));
    place.server =
        std::make_unique<NetServer>(place.reactor, std::move(listening->sockets[i]), place.service,
                                    place.door, TrustedProxies(), limits, metrics);
    place.server->start();
    place.reactor.start();
  }
  std::printf("listening on %s\n", listening->address.c_str());
  std::fflush(stdout);
  int signal = 0;
  sigwait(&signals, &signal);
  for (auto& place : places) place->reactor.stop();
  std::fputs(metrics.print().c_str(), stderr);
  return 0;
}

}  // namespace
}  // namespace hubbub

int main(int argc, char** argv) { return hubbub::run(hubbub::read_options(argc, argv)); }
