#include "net/websocket_connection.h"

#include <gmock/gmock.h>

#include "net/client_frame.h"
#include "net/frame_header.h"
#include "net/test_peer.h"

namespace hubbub {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::string_view kHandshake = "101\r\n\r\n";

// What a session saw, in order; outlives it.
struct Diary {
  std::vector<std::string> lines;
  Connection* connection = nullptr;
  std::function<void(std::string_view)> on_message;
  std::function<void()> on_drained;
  std::function<void()> on_closed;
};

class DiarySession final : public ConnectionEvents {
 public:
  explicit DiarySession(Diary& diary) : diary_(diary) {}
  ~DiarySession() override { diary_.lines.emplace_back("gone"); }
  void on_open(Connection& connection) override {
    diary_.connection = &connection;
    diary_.lines.emplace_back("open");
  }
  void on_message(Opcode, std::string_view message) override {
    diary_.lines.emplace_back(message);
    if (diary_.on_message) diary_.on_message(message);
  }
  void on_drained() override {
    diary_.lines.emplace_back("drained");
    if (diary_.on_drained) diary_.on_drained();
  }
  void on_closed() override {
    diary_.lines.emplace_back("closed");
    if (diary_.on_closed) diary_.on_closed();
  }

 private:
  Diary& diary_;
};

class WebSocketConnectionTest : public testing::Test {
 protected:
  WebSocketConnectionTest() {
    limits.message_bytes_max = 1000;
    limits.outbox_bytes_max = 100'000;
    limits.urgent_bytes_max = 1000;
    limits.flush_interval = std::chrono::milliseconds(0);
  }
  ~WebSocketConnectionTest() override {
    if (net) net->registry.cut_off_all();
  }

  void start(bool has_subprotocol = true, std::string leftover = {}) {
    net = std::make_unique<ReactorNet>(reactor, limits, metrics, clock);
    net->metrics.sockets.add(1);
    WebSocketConnection::start(*net, peer.server_end(reactor), std::string(kHandshake),
                               std::move(leftover), has_subprotocol,
                               std::make_unique<DiarySession>(diary));
  }
  // Started, with the handshake taken off.
  void open(bool has_subprotocol = true) {
    start(has_subprotocol);
    run();
    EXPECT_EQ(peer.receive(), kHandshake);
    diary.lines.clear();
  }
  void run() { reactor.run_ready(); }
  // As time passes: the peer's pongs are the test's business.
  void pass(std::chrono::seconds span) {
    for (; span.count() > 0; --span) {
      clock.advance(std::chrono::seconds(1));
      net->registry.tick_all();
      run();
    }
  }
  void say(std::string_view text) {
    peer.send(client_frame(text));
    run();
  }
  void say_close(unsigned code) {
    peer.send(client_frame(close_payload(code), {.opcode = Opcode::kClose}));
    run();
  }
  std::vector<std::string> news() { return std::exchange(diary.lines, {}); }
  // Frames that the peer got, payloads only; pings as "ping", a close frame as "close CODE REASON".
  std::vector<std::string> frames() {
    std::vector<std::string> seen;
    std::string bytes = peer.receive();
    for (std::string_view rest = bytes; !rest.empty();) {
      const auto opcode = static_cast<Opcode>(rest[0] & 0x0F);
      std::size_t size = static_cast<unsigned char>(rest[1]);
      std::size_t header = 2;
      if (size == 126) {
        size = static_cast<unsigned char>(rest[2]) * 256UL + static_cast<unsigned char>(rest[3]);
        header = 4;
      }
      auto text = std::string(rest.substr(header, size));
      if (opcode == Opcode::kPing) text = "ping";
      if (opcode == Opcode::kClose) {
        const auto notice = read_close_payload(text);
        text = "close " + std::to_string(notice.code) + " " + std::string(notice.reason);
      }
      seen.push_back(text);
      rest.remove_prefix(header + size);
    }
    return seen;
  }
  [[nodiscard]] std::size_t connection_count() const { return net->registry.size(); }
  std::int64_t open_websockets() { return net->metrics.websockets.value(); }

  NetLimits limits;
  Metrics metrics;
  ManualClock clock;
  Reactor reactor{0};
  TestPeer peer;
  Diary diary;
  std::unique_ptr<ReactorNet> net;
};

TEST_F(WebSocketConnectionTest, TheHandshakeLeavesBeforeAnyFrame) {
  start();
  diary.connection->send_urgent(Frame::text("hello"));
  run();
  EXPECT_EQ(peer.receive(), std::string(kHandshake) + std::string(Frame::text("hello")->bytes()));
}

TEST_F(WebSocketConnectionTest, WhatCameBehindTheRequestIsNotLost) {
  start(true, client_frame("early"));
  run();
  EXPECT_THAT(news(), ElementsAre("open", "early"));
}

TEST_F(WebSocketConnectionTest, MessagesArriveWholeWhateverThePieces) {
  open();
  const auto bytes = client_frame("one") + client_frame("two");
  for (const char c : bytes) {
    peer.send({&c, 1});
    run();
  }
  EXPECT_THAT(news(), ElementsAre("one", "two"));
}

TEST_F(WebSocketConnectionTest, AnUrgentFrameOvertakesAndAPingIsAnswered) {
  open();
  diary.on_message = [this](std::string_view) {
    EXPECT_TRUE(diary.connection->send(Frame::text("fan-out")));
    diary.connection->send_urgent(Frame::text("ack"));
  };
  peer.send(client_frame("message") + client_frame("p", {.opcode = Opcode::kPing}));
  run();
  EXPECT_THAT(frames(), ElementsAre("ack", "p", "fan-out"));
}

TEST_F(WebSocketConnectionTest, AFullOutboxRefusesAndTellsWhenItIsEmpty) {
  peer.take_little();
  open();
  const auto frame = Frame::text(std::string(9000, 'x'));
  int taken = 0;
  while (diary.connection->send(frame)) ++taken;
  EXPECT_EQ(taken, 11);  // of 9,004 bytes, into 100,000
  run();
  EXPECT_THAT(news(), IsEmpty());
  std::size_t bytes = 0;
  while (diary.lines.empty()) {
    bytes += peer.receive().size();
    run();
  }
  bytes += peer.receive().size();
  EXPECT_EQ(bytes, taken * frame->bytes().size());
  EXPECT_THAT(news(), ElementsAre("drained"));
  EXPECT_EQ(net->metrics.outbox_full.value(), 1U);
}

TEST_F(WebSocketConnectionTest, WhatIsStaleSoonIsTakenOnlyByAPeerThatTakesAll) {
  peer.take_little();
  open();
  const auto figures = Frame::text("figures");
  EXPECT_TRUE(diary.connection->send_if_ready(figures));
  EXPECT_TRUE(diary.connection->send(Frame::text(std::string(50'000, 'x'))));
  EXPECT_TRUE(diary.connection->send_if_ready(figures)) << "waits for the flush alone";
  while (diary.connection->send(Frame::text(std::string(1'000, 'x')))) {
  }
  run();
  EXPECT_FALSE(diary.connection->send_if_ready(figures));
  EXPECT_EQ(net->metrics.outbox_full.value(), 1U);
  while (diary.lines.empty()) {
    peer.receive();
    run();
  }
  EXPECT_TRUE(diary.connection->send_if_ready(figures));
}

TEST_F(WebSocketConnectionTest, DrainedIsSaidAtTheNextFlushIfNothingWaits) {
  open();
  diary.connection->notify_drained();
  EXPECT_THAT(news(), IsEmpty());
  run();
  EXPECT_THAT(news(), ElementsAre("drained"));
  run();
  EXPECT_THAT(news(), IsEmpty());
}

TEST_F(WebSocketConnectionTest, PagesFollowOneAnotherByDrained) {
  open();
  int pages = 0;
  diary.on_drained = [&] {
    if (++pages == 4) return;
    EXPECT_TRUE(diary.connection->send_unbounded(Frame::text(std::to_string(pages))));
    diary.connection->notify_drained();
  };
  diary.connection->notify_drained();
  run();
  EXPECT_THAT(frames(), ElementsAre("1", "2", "3"));
}

TEST_F(WebSocketConnectionTest, WhoTakesNoAcknowledgementsIsCut) {
  peer.take_little();
  open();
  EXPECT_TRUE(diary.connection->send_unbounded(Frame::text(std::string(60'000, 'x'))));
  run();
  for (int i = 0; i < 20; ++i) diary.connection->send_urgent(Frame::text(std::string(98, 'a')));
  EXPECT_THAT(news(), IsEmpty());  // not from inside the call
  run();
  EXPECT_THAT(news(), ElementsAre("closed", "gone"));
  EXPECT_EQ(connection_count(), 0U);
  EXPECT_EQ(net->metrics.urgent_full.value(), 1U);
}

TEST_F(WebSocketConnectionTest, ThePeersCloseIsAnsweredWithItsCode) {
  open();
  say_close(4001);
  EXPECT_THAT(frames(), ElementsAre("close 4001 "));
  EXPECT_TRUE(peer.is_at_end());
  EXPECT_THAT(news(), ElementsAre("closed", "gone"));
  EXPECT_EQ(connection_count(), 1U);  // until the peer's end
  peer.leave();
  run();
  EXPECT_EQ(connection_count(), 0U);
  EXPECT_EQ(open_websockets(), 0);
  EXPECT_EQ(net->metrics.sockets.value(), 0);
}

TEST_F(WebSocketConnectionTest, ClosingSendsWhatWaitsThenTheCodeThenWaits) {
  open();
  EXPECT_TRUE(diary.connection->send(Frame::text("last")));
  diary.connection->close(CloseCode::kBanned, "banned");
  diary.connection->close(CloseCode::kNormal, "again");
  EXPECT_FALSE(diary.connection->send(Frame::text("too late")));
  EXPECT_THAT(news(), IsEmpty());  // not from inside close()
  run();
  EXPECT_THAT(frames(), ElementsAre("last", "close 4403 banned"));
  EXPECT_TRUE(peer.is_at_end());
  EXPECT_THAT(news(), ElementsAre("closed", "gone"));
  say("ignored");
  say_close(4403);
  peer.finish_sending();
  run();
  EXPECT_EQ(connection_count(), 0U);
  EXPECT_THAT(news(), IsEmpty());
}

TEST_F(WebSocketConnectionTest, ASessionMayCloseFromAnyEvent) {
  open();
  diary.on_message = [this](std::string_view) {
    diary.connection->close(CloseCode::kMalformed, {});
  };
  peer.send(client_frame("bad") + client_frame("not handled any more"));
  run();
  EXPECT_THAT(news(), ElementsAre("bad", "closed", "gone"));
  EXPECT_THAT(frames(), ElementsAre("close 4400 "));
}

TEST_F(WebSocketConnectionTest, CloseFromDrainedStillSendsTheCode) {
  open();
  diary.on_drained = [this] { diary.connection->close(CloseCode::kNormal, {}); };
  diary.connection->notify_drained();
  run();
  EXPECT_THAT(news(), ElementsAre("drained", "closed", "gone"));
  EXPECT_THAT(frames(), ElementsAre("close 1000 "));
}

TEST_F(WebSocketConnectionTest, APeerThatNeverAnswersACloseIsCutAtTheDeadline) {
  open();
  diary.connection->close(CloseCode::kGoingAway, {});
  run();
  pass(std::chrono::seconds(5));
  EXPECT_EQ(connection_count(), 1U);
  pass(std::chrono::seconds(1));
  EXPECT_EQ(connection_count(), 0U);
}

TEST_F(WebSocketConnectionTest, BadFramesAreAnsweredWithTheirCode) {
  open();
  peer.send(client_frame("\xFF"));
  run();
  EXPECT_THAT(frames(), ElementsAre("close 1007 text is not UTF-8"));
  EXPECT_THAT(news(), ElementsAre("closed", "gone"));
}

TEST_F(WebSocketConnectionTest, AMessageThatIsTooLongIsAnsweredWithItsCode) {
  open();
  peer.send(client_frame(std::string(1001, 'x')));
  run();
  EXPECT_THAT(frames(), ElementsAre("close 1009 message too long"));
}

TEST_F(WebSocketConnectionTest, AReasonIsCutToFitButNotWithinACodePoint) {
  open();
  diary.connection->close(CloseCode::kNormal, std::string(122, 'x') + "\xC3\xA9");
  run();
  EXPECT_THAT(frames(), ElementsAre("close 1000 " + std::string(122, 'x')));
}

TEST_F(WebSocketConnectionTest, APeerThatLeavesWithoutAWordIsTold) {
  open();
  peer.leave();
  run();
  EXPECT_THAT(news(), ElementsAre("closed", "gone"));
  EXPECT_EQ(connection_count(), 0U);
}

TEST_F(WebSocketConnectionTest, ASilentPeerIsPingedThenFoundIdle) {
  open();
  pass(std::chrono::seconds(29));
  EXPECT_THAT(frames(), IsEmpty());
  pass(std::chrono::seconds(1));
  EXPECT_THAT(frames(), ElementsAre("ping"));
  pass(std::chrono::seconds(44));
  EXPECT_THAT(frames(), ElementsAre("ping"));
  pass(std::chrono::seconds(1));
  EXPECT_THAT(frames(), ElementsAre("close 4408 idle"));
  EXPECT_THAT(news(), ElementsAre("closed", "gone"));
}

TEST_F(WebSocketConnectionTest, APeerThatAnswersPingsStays) {
  open();
  for (int i = 0; i < 10; ++i) {
    pass(std::chrono::seconds(30));
    EXPECT_THAT(frames(), ElementsAre("ping"));
    peer.send(client_frame("", {.opcode = Opcode::kPong}));
    run();
  }
  EXPECT_THAT(news(), IsEmpty());
}

TEST_F(WebSocketConnectionTest, AnOldClientIsNeitherPingedNorFoundIdle) {
  open(false);
  pass(std::chrono::seconds(300));
  EXPECT_THAT(frames(), IsEmpty());
  EXPECT_EQ(connection_count(), 1U);
}

TEST_F(WebSocketConnectionTest, APeerThatTakesNothingIsCut) {
  peer.take_little();
  open(false);
  EXPECT_TRUE(diary.connection->send(Frame::text(std::string(60'000, 'x'))));
  run();
  pass(std::chrono::seconds(29));
  EXPECT_EQ(connection_count(), 1U);
  pass(std::chrono::seconds(1));
  EXPECT_EQ(connection_count(), 0U);
  EXPECT_THAT(news(), ElementsAre("closed", "gone"));
  EXPECT_EQ(net->metrics.stalled.value(), 1U);
}

TEST_F(WebSocketConnectionTest, APeerThatTakesSlowlyIsNotCut) {
  peer.take_little();
  open(false);
  EXPECT_TRUE(diary.connection->send(Frame::text(std::string(60'000, 'x'))));
  run();
  for (int i = 0; i < 3; ++i) {
    pass(std::chrono::seconds(20));
    EXPECT_FALSE(peer.receive().empty());
    run();
  }
  EXPECT_EQ(connection_count(), 1U);
}

TEST_F(WebSocketConnectionTest, GoingAwayClosesEachWithItsReasonAndTellsTheEnd) {
  open();
  bool is_done = false;
  net->registry.go_away(
      CloseCode::kGoingAway, [](std::size_t i) { return "retry " + std::to_string(i); },
      std::chrono::seconds(10), [&] { is_done = true; });
  run();
  EXPECT_THAT(frames(), ElementsAre("close 1001 retry 0"));
  EXPECT_FALSE(is_done);
  peer.leave();
  run();
  EXPECT_TRUE(is_done);
}

TEST_F(WebSocketConnectionTest, GoingAwayDoesNotWaitForever) {
  limits.close_within = std::chrono::seconds(100);
  open();
  bool is_done = false;
  net->registry.go_away(
      CloseCode::kGoingAway, [](std::size_t) { return ""; }, std::chrono::seconds(10),
      [&] { is_done = true; });
  pass(std::chrono::seconds(10));
  EXPECT_FALSE(is_done);
  pass(std::chrono::seconds(1));
  EXPECT_TRUE(is_done);
}

TEST_F(WebSocketConnectionTest, HoweverMuchWaitsAllOfItArrivesInOrder) {
  open();
  std::vector<std::string> expected;
  for (int i = 0; i < 1000; ++i) {
    expected.push_back(std::to_string(i));
    EXPECT_TRUE(diary.connection->send(Frame::text(expected.back())));
  }
  std::vector<std::string> seen;
  while (seen.size() < expected.size()) {
    run();
    const auto more = frames();
    ASSERT_FALSE(more.empty());
    seen.insert(seen.end(), more.begin(), more.end());
  }
  EXPECT_EQ(seen, expected);
  EXPECT_EQ(net->metrics.frames_sent.value(), 1000U);  // the handshake is none
}

}  // namespace
}  // namespace hubbub
