#include "net/listener.h"

#include <gmock/gmock.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/resource.h>

#include <boost/asio/connect.hpp>
#include <boost/asio/ip/tcp.hpp>

#include "net/net_server.h"

namespace hubbub {
namespace {

using boost::asio::ip::tcp;
using testing::HasSubstr;
using testing::StartsWith;

class HelloService final : public HttpService {
 public:
  void serve(HttpRequest request, HttpReply reply) override {
    peer_address = request.peer_address;
    reply({.status = 200, .body = "hello"});
  }
  std::string peer_address;
};

class ClosedDoor final : public WebSocketDoor {
 public:
  void admit(const HttpRequest&, bool, std::function<void(Admission)> answer) override {
    answer(HttpResponse{.status = 401});
  }
};

TEST(BindListenersTest, FindsAFreePortForAllReactors) {
  const auto listening = bind_listeners("127.0.0.1:0", 3, {});
  ASSERT_TRUE(listening) << listening.error().detail;
  EXPECT_EQ(listening->sockets.size(), 3U);
  EXPECT_NE(listening->port, 0);
  EXPECT_EQ(listening->address, "127.0.0.1:" + std::to_string(listening->port));
}

TEST(BindListenersTest, ASecondServerIsRefusedAndToldWhy) {
  const auto first = bind_listeners("127.0.0.1:0", 2, {});
  ASSERT_TRUE(first);
  for (const std::string host : {"127.0.0.1", "0.0.0.0", "localhost"}) {
    const auto second = bind_listeners(host + ":" + std::to_string(first->port), 2, {});
    ASSERT_FALSE(second) << host;
    EXPECT_EQ(second.error().code, Code::kUnavailable);
    EXPECT_THAT(second.error().detail, HasSubstr(":" + std::to_string(first->port)));
    EXPECT_THAT(second.error().detail, HasSubstr("already listens"));
  }
}

TEST(BindListenersTest, TakesAddressesOfEveryForm) {
  for (const auto* address : {"localhost:0", "0.0.0.0:0", "[::1]:0", "[::]:0"}) {
    const auto listening = bind_listeners(address, 1, {});
    EXPECT_TRUE(listening) << address << ": " << listening.error().detail;
  }
}

TEST(BindListenersTest, RefusesWhatIsNoAddress) {
  for (const auto* address : {"", "8080", ":8080", "127.0.0.1", "127.0.0.1:", "127.0.0.1:x",
                              "127.0.0.1:65536", "::1:8080", "127.0.0.1:-1"}) {
    const auto listening = bind_listeners(address, 1, {});
    ASSERT_FALSE(listening) << address;
    EXPECT_EQ(listening.error().code, Code::kInvalid) << address;
  }
}

// A real port on the loopback, with the loop run by hand.
class NetServerTest : public testing::Test {
 protected:
  void serve(const NetLimits& limits = {}, const std::string& address = "127.0.0.1:0") {
    auto listening = bind_listeners(address, 1, limits);
    ASSERT_TRUE(listening) << listening.error().detail;
    port = listening->port;
    server = std::make_unique<NetServer>(reactor, std::move(listening->sockets[0]), service, door,
                                         TrustedProxies(), limits, metrics);
    server->start();
  }
  tcp::socket connect() {
    tcp::socket socket(client_context);
    socket.connect({boost::asio::ip::make_address("127.0.0.1"), port});
    socket.non_blocking(true);
    return socket;
  }
  static void ask(tcp::socket& socket) {
    const std::string request = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";
    ASSERT_EQ(socket.send(boost::asio::buffer(request)), request.size());
  }
  // Runs the loop until the socket has something to say; "end" when that is the end.
  std::string hear(tcp::socket& socket) {
    std::array<char, 4096> buffer{};
    for (;;) {
      boost::system::error_code error;
      const auto size = socket.receive(boost::asio::buffer(buffer), 0, error);
      if (!error) return {buffer.data(), size};
      if (error != boost::asio::error::would_block) return "end";
      reactor.context().restart();
      reactor.context().run_one();
    }
  }
  std::uint64_t count(std::string_view name) { return metrics.counter(name, "").value(); }

  boost::asio::io_context client_context;
  Metrics metrics;
  Reactor reactor{0};
  HelloService service;
  ClosedDoor door;
  std::uint16_t port = 0;
  std::unique_ptr<NetServer> server;
};

TEST_F(NetServerTest, ServesWhoConnects) {
  serve();
  auto socket = connect();
  ask(socket);
  EXPECT_THAT(hear(socket), StartsWith("HTTP/1.1 200 OK\r\n"));
  EXPECT_EQ(service.peer_address, "127.0.0.1");
  EXPECT_EQ(server->connection_count(), 1U);
}

TEST_F(NetServerTest, ADualStackSocketTakesIPv4) {
  serve({}, "[::]:0");
  auto socket = connect();
  ask(socket);
  EXPECT_THAT(hear(socket), StartsWith("HTTP/1.1 200 OK\r\n"));
  EXPECT_EQ(service.peer_address, "127.0.0.1");
}

TEST_F(NetServerTest, OneTooManyIsClosedAtOnceAndCounted) {
  NetLimits limits;
  limits.connections_max = 1;
  serve(limits);
  auto first = connect();
  auto second = connect();
  EXPECT_EQ(hear(second), "end");
  EXPECT_EQ(count("hubbub_sockets_refused_total"), 1U);
  ask(first);
  EXPECT_THAT(hear(first), StartsWith("HTTP/1.1 200"));
  first.close();
  while (server->connection_count() > 0) {
    reactor.context().restart();
    reactor.context().run_one();
  }
  auto third = connect();
  ask(third);
  EXPECT_THAT(hear(third), StartsWith("HTTP/1.1 200"));
}

TEST_F(NetServerTest, WhoWaitsInTheQueueWhenTheServerStopsIsStillServed) {
  serve();
  auto waiting = connect();
  ask(waiting);
  server->stop_accepting();
  server->stop_accepting();
  EXPECT_THAT(hear(waiting), StartsWith("HTTP/1.1 200"));
  tcp::socket late(client_context);
  boost::system::error_code error;
  late.connect({boost::asio::ip::make_address("127.0.0.1"), port}, error);
  EXPECT_EQ(error, boost::asio::error::connection_refused);
}

TEST_F(NetServerTest, ClosingAllTellsWhenAllHaveGone) {
  serve();
  auto socket = connect();
  ask(socket);
  hear(socket);
  server->stop_accepting();
  bool is_done = false;
  server->close_all(
      CloseCode::kGoingAway, [](std::size_t) { return ""; }, std::chrono::seconds(5),
      [&] { is_done = true; });
  reactor.run_ready();
  EXPECT_TRUE(is_done);
  EXPECT_EQ(hear(socket), "end");
}

TEST_F(NetServerTest, OutOfFileDescriptorsItServesWhoIsThereAndTriesAgain) {
  serve();
  auto first = connect();
  ask(first);
  hear(first);
  auto second = connect();  // into the queue; not accepted yet
  ask(second);
  rlimit before{};
  ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &before), 0);
  const rlimit none{3, before.rlim_max};
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &none), 0);
  ask(first);
  EXPECT_THAT(hear(first), StartsWith("HTTP/1.1 200"));
  while (count("hubbub_accept_failures_total") == 0) {
    reactor.context().restart();
    reactor.context().run_one();
  }
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &before), 0);
  EXPECT_THAT(hear(second), StartsWith("HTTP/1.1 200"));
}

TEST_F(NetServerTest, AcceptedSocketsInheritWhatTheListenerIsSetTo) {
  const auto listening = bind_listeners("127.0.0.1:0", 1, {});
  ASSERT_TRUE(listening);
  port = listening->port;
  auto client = connect();
  const int accepted = ::accept(listening->sockets[0].descriptor(), nullptr, nullptr);
  ASSERT_GE(accepted, 0);
  const auto option = [accepted](int level, int name) {
    int value = 0;
    socklen_t size = sizeof value;
    EXPECT_EQ(::getsockopt(accepted, level, name, &value, &size), 0);
    return value;
  };
  EXPECT_EQ(option(IPPROTO_TCP, TCP_NODELAY), 1);
  EXPECT_EQ(option(SOL_SOCKET, SO_KEEPALIVE), 1);
  EXPECT_EQ(option(IPPROTO_TCP, TCP_KEEPIDLE), 60);
  EXPECT_EQ(option(IPPROTO_TCP, TCP_NOTSENT_LOWAT), 128 * 1024);
  ::close(accepted);
}

}  // namespace
}  // namespace hubbub
