#include "net/http_connection.h"

#include <gmock/gmock.h>

#include <boost/asio/ip/address.hpp>

#include "net/client_frame.h"
#include "net/test_peer.h"

namespace hubbub {
namespace {

using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

// Answers "METHOD path" at once, or keeps the reply for later.
class TestService final : public HttpService {
 public:
  void serve(HttpRequest request, HttpReply reply) override {
    requests.push_back(request);
    if (is_slow) {
      replies.push_back(std::move(reply));
    } else {
      reply({.status = status, .headers = headers, .body = request.method + " " + request.path});
    }
  }
  bool is_slow = false;
  int status = 200;
  HttpHeaders headers;
  std::vector<HttpRequest> requests;
  std::vector<HttpReply> replies;
};

class EchoSession final : public ConnectionEvents {
 public:
  void on_open(Connection& connection) override { connection_ = &connection; }
  void on_message(Opcode opcode, std::string_view message) override {
    connection_->send_urgent(Frame::encode(opcode, message));
  }
  void on_drained() override {}
  void on_closed() override {}

 private:
  Connection* connection_ = nullptr;
};

class TestDoor final : public WebSocketDoor {
 public:
  void admit(const HttpRequest& request, bool is_upgrade,
             std::function<void(Admission)> answer) override {
    seen.push_back((is_upgrade ? "upgrade " : "plain ") + request.query);
    if (is_slow) {
      answers.push_back(std::move(answer));
    } else {
      answer(std::move(admission));
    }
  }
  static Admission let_in(std::string subprotocol = {}) {
    return Admitted{std::move(subprotocol), std::make_unique<EchoSession>()};
  }
  Admission admission = let_in();
  bool is_slow = false;
  std::vector<std::string> seen;
  std::vector<std::function<void(Admission)>> answers;
};

class HttpConnectionTest : public testing::Test {
 protected:
  HttpConnectionTest() { limits.flush_interval = std::chrono::milliseconds(0); }
  ~HttpConnectionTest() override {
    if (net) net->registry.cut_off_all();
  }
  void SetUp() override {
    net = std::make_unique<ReactorNet>(reactor, limits, metrics, clock);
    net->metrics.sockets.add(1);
    HttpConnection::start(*net, doors, peer.server_end(reactor),
                          boost::asio::ip::make_address("127.0.0.1"));
  }
  // What comes back at once.
  std::string ask(std::string_view bytes) {
    peer.send(bytes);
    return listen();
  }
  std::string listen() {
    reactor.run_ready();
    return peer.receive();
  }
  void pass(std::chrono::seconds span) {
    for (; span.count() > 0; --span) {
      clock.advance(std::chrono::seconds(1));
      net->registry.tick_all();
      reactor.run_ready();
    }
  }
  static std::string request(std::string_view line, std::string_view more = {}) {
    return std::string(line) + " HTTP/1.1\r\nHost: h\r\n" + std::string(more) + "\r\n";
  }
  static std::string upgrade(std::string_view more = {}) {
    return request("GET /ws?token=t",
                   "Upgrade: WebSocket\r\nConnection: keep-alive, Upgrade\r\n"
                   "Sec-WebSocket-Version: 13\r\n"
                   "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" +
                       std::string(more));
  }
  std::int64_t open_sockets() { return net->metrics.sockets.value(); }

  NetLimits limits;
  Metrics metrics;
  ManualClock clock;
  Reactor reactor{0};
  TestService service;
  TestDoor door;
  HttpDoors doors{service, door, *TrustedProxies::parse(std::vector<std::string>{"127.0.0.1"})};
  TestPeer peer;
  std::unique_ptr<ReactorNet> net;
};

TEST_F(HttpConnectionTest, AnswersWithWhatEveryResponseHas) {
  service.headers = {{"Content-Type", "text/plain"}, {"content-length", "999"}};
  EXPECT_EQ(ask(request("GET /a?b")),
            "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 6\r\n"
            "Date: Fri, 02 Jan 2026 03:04:05 GMT\r\nConnection: keep-alive\r\n\r\nGET /a");
}

TEST_F(HttpConnectionTest, ServesOneRequestAfterAnother) {
  service.is_slow = true;
  EXPECT_THAT(ask(request("GET /1") + request("GET /2")), IsEmpty());
  EXPECT_EQ(service.requests.size(), 1U);
  service.replies[0]({.status = 200, .body = "one"});
  EXPECT_THAT(listen(), EndsWith("one"));
  EXPECT_EQ(service.requests.size(), 2U);
  service.replies[1]({.status = 404, .body = "two"});
  EXPECT_THAT(listen(), StartsWith("HTTP/1.1 404 Not Found\r\n"));
}

TEST_F(HttpConnectionTest, ALongTrainOfRequestsIsAnswered) {
  std::string train;
  for (int i = 0; i < 500; ++i) train += request("GET /x");
  auto answers = ask(train);
  while (service.requests.size() < 500) {
    const auto more = listen();
    ASSERT_FALSE(more.empty());
    answers += more;
  }
  EXPECT_THAT(answers, EndsWith("GET /x"));
}

TEST_F(HttpConnectionTest, HeadHasALengthAndNoBody) {
  const auto answer = ask(request("HEAD /a"));
  EXPECT_THAT(answer, HasSubstr("Content-Length: 7\r\n"));
  EXPECT_THAT(answer, EndsWith("\r\n\r\n"));
}

TEST_F(HttpConnectionTest, NoContentHasNeither) {
  service.status = 204;
  const auto answer = ask(request("DELETE /a"));
  EXPECT_THAT(answer, Not(HasSubstr("Content-Length")));
  EXPECT_THAT(answer, EndsWith("\r\n\r\n"));
}

TEST_F(HttpConnectionTest, ClosesWhenAskedAndWaitsForThePeersEnd) {
  EXPECT_THAT(ask(request("GET /", "Connection: close\r\n")), HasSubstr("Connection: close\r\n"));
  EXPECT_TRUE(peer.is_at_end());
  EXPECT_EQ(open_sockets(), 1);
  peer.leave();
  listen();
  EXPECT_EQ(open_sockets(), 0);
}

TEST_F(HttpConnectionTest, WhatIsNotARequestIsAnsweredAndEndsTheConnection) {
  EXPECT_THAT(ask("nonsense\r\n\r\n"), StartsWith("HTTP/1.1 400 Bad Request\r\n"));
  EXPECT_TRUE(peer.is_at_end());
  EXPECT_EQ(net->metrics.http_malformed.value(), 1U);
  peer.send(request("GET /"));  // read away, not served
  listen();
  EXPECT_THAT(service.requests, IsEmpty());
}

TEST_F(HttpConnectionTest, ABodyThatIsTooLongIsRefusedWithoutReadingIt) {
  EXPECT_THAT(ask(request("POST /", "Content-Length: 65537\r\n")),
              StartsWith("HTTP/1.1 413 Payload Too Large\r\n"));
}

TEST_F(HttpConnectionTest, AsksForABodyThatWaitsToBeAskedFor) {
  EXPECT_EQ(ask(request("POST /", "Content-Length: 2\r\nExpect: 100-continue\r\n")),
            "HTTP/1.1 100 Continue\r\n\r\n");
  EXPECT_THAT(ask("ok"), StartsWith("HTTP/1.1 200 OK\r\n"));
  EXPECT_EQ(service.requests[0].body, "ok");
}

TEST_F(HttpConnectionTest, AHeaderThatWouldSplitTheResponseIsNotSent) {
  service.headers = {{"Location", "/x\r\nSet-Cookie: evil=1"}};
  const auto answer = ask(request("GET /"));
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 500 "));
  EXPECT_THAT(answer, Not(HasSubstr("evil")));
}

TEST_F(HttpConnectionTest, ALargeAnswerArrivesWholeHoweverSlowlyItIsTaken) {
  service.is_slow = true;
  ask(request("GET /"));
  const std::string body(3'000'000, 'x');
  service.replies[0]({.status = 200, .body = body});
  std::string answer;
  while (answer.size() < body.size()) {
    const auto more = listen();
    ASSERT_FALSE(more.empty());
    answer += more;
  }
  answer += listen();
  EXPECT_THAT(answer, EndsWith("\r\n\r\n" + body));
  EXPECT_THAT(ask(request("GET /next")), IsEmpty());
  EXPECT_EQ(service.requests.size(), 2U);
}

TEST_F(HttpConnectionTest, SaysWhoAsksThroughATrustedProxy) {
  ask(request("GET /", "X-Forwarded-For: 203.0.113.5\r\nX-Forwarded-Proto: https\r\n"));
  ASSERT_EQ(service.requests.size(), 1U);
  EXPECT_EQ(service.requests[0].address, "203.0.113.5");
  EXPECT_EQ(service.requests[0].peer_address, "127.0.0.1");
  EXPECT_TRUE(service.requests[0].is_secure);
}

// ---- time

TEST_F(HttpConnectionTest, ARequestThatDoesNotComeEndsTheConnectionSilently) {
  pass(std::chrono::seconds(11));
  EXPECT_THAT(listen(), IsEmpty());
  EXPECT_TRUE(peer.is_at_end());
  EXPECT_EQ(open_sockets(), 0);
}

TEST_F(HttpConnectionTest, AHeaderThatCreepsInIsNotWaitedForForever) {
  peer.send("GET / HTTP/1.1\r\n");
  listen();
  for (int i = 0; i < 9; ++i) {
    pass(std::chrono::seconds(1));
    ask("X: y\r\n");
  }
  EXPECT_FALSE(peer.is_at_end());
  pass(std::chrono::seconds(2));
  EXPECT_THAT(listen(), StartsWith("HTTP/1.1 408 Request Timeout\r\n"));
}

TEST_F(HttpConnectionTest, ABodyHasItsOwnDeadline) {
  ask(request("POST /", "Content-Length: 2\r\n"));
  pass(std::chrono::seconds(30));
  EXPECT_FALSE(peer.is_at_end());
  pass(std::chrono::seconds(1));
  EXPECT_THAT(listen(), StartsWith("HTTP/1.1 408 "));
}

TEST_F(HttpConnectionTest, AnIdleConnectionIsKeptForAWhile) {
  ask(request("GET /"));
  pass(std::chrono::seconds(60));
  EXPECT_EQ(open_sockets(), 1);
  pass(std::chrono::seconds(1));
  EXPECT_EQ(open_sockets(), 0);
}

TEST_F(HttpConnectionTest, ARequestThatIsNeverAnsweredGets504AndTheLateAnswerIsDropped) {
  service.is_slow = true;
  ask(request("GET /"));
  pass(std::chrono::seconds(31));
  EXPECT_THAT(listen(), StartsWith("HTTP/1.1 504 Gateway Timeout\r\n"));
  service.replies[0]({.status = 200, .body = "late"});
  EXPECT_THAT(listen(), IsEmpty());
}

TEST_F(HttpConnectionTest, AnAnswerAfterTheConnectionHasGoneIsDropped) {
  service.is_slow = true;
  ask(request("GET /"));
  net->registry.cut_off_all();
  reactor.run_ready();
  EXPECT_EQ(open_sockets(), 0);
  service.replies[0]({.status = 200, .body = "late"});
  listen();
}

TEST_F(HttpConnectionTest, OnlyTheFirstAnswerCounts) {
  service.is_slow = true;
  ask(request("GET /"));
  service.replies[0]({.status = 200, .body = "first"});
  service.replies[0]({.status = 200, .body = "second"});
  EXPECT_THAT(listen(), Not(HasSubstr("second")));
}

TEST_F(HttpConnectionTest, GoingAwayFinishesTheRequestInProgress) {
  service.is_slow = true;
  ask(request("GET /"));
  bool is_done = false;
  net->registry.go_away(
      CloseCode::kGoingAway, [](std::size_t) { return ""; }, std::chrono::seconds(10),
      [&] { is_done = true; });
  service.replies[0]({.status = 200, .body = "done"});
  const auto answer = listen();
  EXPECT_THAT(answer, EndsWith("done"));
  EXPECT_THAT(answer, HasSubstr("Connection: close\r\n"));
  peer.leave();
  listen();
  EXPECT_TRUE(is_done);
}

TEST_F(HttpConnectionTest, GoingAwayEndsIdleConnectionsAndWaitsAMomentForNewOnes) {
  net->registry.go_away(
      CloseCode::kGoingAway, [](std::size_t) { return ""; }, std::chrono::seconds(10), [] {});
  EXPECT_THAT(ask(request("GET /")), EndsWith("GET /"));
  EXPECT_TRUE(peer.is_at_end());
}

// ---- the way to a WebSocket

TEST_F(HttpConnectionTest, BecomesAWebSocket) {
  EXPECT_EQ(ask(upgrade() + client_frame("early")),
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            // The example of RFC 6455 1.3.
            "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n" +
                std::string(Frame::text("early")->bytes()));
  EXPECT_THAT(door.seen, ElementsAre("upgrade token=t"));
  EXPECT_EQ(ask(client_frame("later")), Frame::text("later")->bytes());
  EXPECT_EQ(open_sockets(), 1);
  EXPECT_EQ(net->metrics.websockets.value(), 1);
}

TEST_F(HttpConnectionTest, NamesTheSubprotocolThatTheDoorChose) {
  door.admission = TestDoor::let_in("hubbub.v1");
  EXPECT_THAT(ask(upgrade("Sec-WebSocket-Protocol: hubbub.v1, bearer.x\r\n")),
              HasSubstr("\r\nSec-WebSocket-Protocol: hubbub.v1\r\n"));
}

TEST_F(HttpConnectionTest, TheDoorMayRefuseInHttp) {
  door.admission = HttpResponse{.status = 401, .body = "Unauthorized\n"};
  EXPECT_THAT(ask(upgrade()), StartsWith("HTTP/1.1 401 Unauthorized\r\n"));
  EXPECT_THAT(ask(request("GET /next")), EndsWith("GET /next"));
}

TEST_F(HttpConnectionTest, TheDoorMayRefuseByACloseCode) {
  door.admission = AdmittedToClose{"hubbub.v1", CloseCode::kBanned, "banned"};
  EXPECT_THAT(
      ask(upgrade() + client_frame("ignored")),
      EndsWith("\r\n\r\n" +
               std::string(Frame::encode(Opcode::kClose, close_payload(4403, "banned"))->bytes())));
  EXPECT_TRUE(peer.is_at_end());
}

TEST_F(HttpConnectionTest, AnAdmissionAfterTheConnectionHasGoneIsDropped) {
  door.is_slow = true;
  ask(upgrade());
  net->registry.cut_off_all();
  reactor.run_ready();
  door.answers[0](TestDoor::let_in());
  EXPECT_THAT(listen(), IsEmpty());
  EXPECT_EQ(net->metrics.websockets.value(), 0);
}

TEST_F(HttpConnectionTest, AStoppingServerUpgradesNobody) {
  door.is_slow = true;
  ask(upgrade());
  net->registry.go_away(
      CloseCode::kGoingAway, [](std::size_t) { return ""; }, std::chrono::seconds(10), [] {});
  door.answers[0](TestDoor::let_in());
  EXPECT_THAT(listen(), StartsWith("HTTP/1.1 503 "));
}

TEST_F(HttpConnectionTest, ABadUpgradeIsThePlainRequestThatItIs) {
  door.admission = HttpResponse{.status = 400};
  const std::vector<std::pair<std::string, std::string>> changes = {
      {"Upgrade: WebSocket", "Upgrade: h2c"},
      {"keep-alive, Upgrade", "keep-alive"},
      {"Version: 13", "Version: 8"},
      {"dGhlIHNhbXBsZSBub25jZQ==", "dGhlIHNhbXBsZSBub25j"},
      {"dGhlIHNhbXBsZSBub25jZQ==", "dGhlIHNhbXBsZSBub25!ZQ=="},
      {"HTTP/1.1", "HTTP/1.0"},
  };
  for (const auto& [from, to] : changes) {
    TestPeer other;
    net->metrics.sockets.add(1);
    HttpConnection::start(*net, doors, other.server_end(reactor),
                          boost::asio::ip::make_address("::1"));
    auto bytes = upgrade();
    bytes.replace(bytes.find(from), from.size(), to);
    other.send(bytes);
    reactor.run_ready();
    ASSERT_FALSE(door.seen.empty()) << to;
    EXPECT_EQ(std::exchange(door.seen, {}).back(), "plain token=t") << to;
    door.admission = HttpResponse{.status = 400};
  }
}

TEST_F(HttpConnectionTest, OtherPathsAndMethodsAreOrdinary) {
  auto bytes = upgrade();
  bytes.replace(bytes.find("/ws?"), 4, "/ws/?");
  EXPECT_THAT(ask(bytes), EndsWith("GET /ws/"));
  EXPECT_THAT(ask(request("POST /ws")), EndsWith("POST /ws"));
  EXPECT_THAT(door.seen, IsEmpty());
}

}  // namespace
}  // namespace hubbub
