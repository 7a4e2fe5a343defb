#include "session/sign_in_queue.h"

#include <gmock/gmock.h>

#include <string>
#include <vector>

namespace hubbub {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class SignInQueueTest : public testing::Test {
 protected:
  ~SignInQueueTest() override { queue->close(); }

  // Somebody comes, and stays at signing in until done().
  bool come(const std::string& name) {
    return queue->enter([this, name](SignInQueue::Turn turn) {
      begun.push_back(name);
      turns.push_back(std::move(turn));
    });
  }
  void done(std::size_t which) {
    turns[which].end();
    reactor.run_ready();
  }
  std::int64_t waiting() { return metrics.gauge("hubbub_sign_ins_waiting", "").value(); }

  Reactor reactor{0};
  Metrics metrics;
  std::shared_ptr<SignInQueue> queue =
      std::make_shared<SignInQueue>(reactor, SignInQueue::Limits{2, 3, 3}, metrics);
  std::vector<std::string> begun;
  std::vector<SignInQueue::Turn> turns;
};

TEST_F(SignInQueueTest, AsManyAsThereArePlacesBeginAtOnceTheOthersInOrder) {
  for (const auto* name : {"a", "b", "c", "d"}) EXPECT_TRUE(come(name));
  reactor.run_ready();
  EXPECT_THAT(begun, ElementsAre("a", "b"));
  EXPECT_EQ(waiting(), 2);
  done(1);
  EXPECT_THAT(begun, ElementsAre("a", "b", "c"));
  done(0);
  EXPECT_THAT(begun, ElementsAre("a", "b", "c", "d"));
  EXPECT_EQ(waiting(), 0);
}

TEST_F(SignInQueueTest, TheNextBeginsBehindWhatIsReadyAlready) {
  for (const auto* name : {"a", "b", "c"}) EXPECT_TRUE(come(name));
  reactor.post([this] { begun.emplace_back("a message"); });
  done(0);
  EXPECT_THAT(begun, ElementsAre("a", "b", "a message", "c"));
}

TEST_F(SignInQueueTest, WhoeverFindsTheLineFullIsSentAway) {
  for (const auto* name : {"a", "b", "c", "d", "e"}) EXPECT_TRUE(come(name));
  EXPECT_FALSE(come("f"));
  done(0);
  EXPECT_TRUE(come("g"));
  EXPECT_THAT(begun, ElementsAre("a", "b", "c"));
}

TEST_F(SignInQueueTest, TheLineIsOneOverAllReactors) {
  Reactor second{1};
  const auto other = std::make_shared<SignInQueue>(second, SignInQueue::Limits{0, 3, 3}, metrics);
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(other->enter([](SignInQueue::Turn) {}));
  EXPECT_TRUE(come("a"));
  EXPECT_TRUE(come("b"));
  EXPECT_FALSE(come("c"));
  other->close();
  EXPECT_EQ(waiting(), 0);
  EXPECT_TRUE(come("c"));
}

TEST_F(SignInQueueTest, NobodyOvertakesWhoWaits) {
  for (const auto* name : {"a", "b", "c"}) EXPECT_TRUE(come(name));
  turns[0].end();
  EXPECT_TRUE(come("d"));
  EXPECT_THAT(begun, ElementsAre("a", "b"));
  reactor.run_ready();
  done(1);
  EXPECT_THAT(begun, ElementsAre("a", "b", "c", "d"));
}

TEST_F(SignInQueueTest, OnlySoManyGreetingsAreOnTheirWay) {
  for (const auto* name : {"a", "b", "c", "d", "e"}) EXPECT_TRUE(come(name));
  for (const std::size_t greeted : {0, 1, 2}) {
    turns[greeted].greeted();
    turns[greeted].greeted();
    reactor.run_ready();
  }
  EXPECT_THAT(begun, ElementsAre("a", "b", "c", "d")) << "three greetings wait to be taken";
  done(3);
  EXPECT_EQ(begun.size(), 4U);
  done(0);
  EXPECT_THAT(begun, ElementsAre("a", "b", "c", "d", "e"));
}

TEST_F(SignInQueueTest, ATurnMayOutliveTheQueuesEnd) {
  for (const auto* name : {"a", "b", "c"}) EXPECT_TRUE(come(name));
  queue->close();
  turns.clear();
  reactor.run_ready();
  EXPECT_THAT(begun, ElementsAre("a", "b"));
}

}  // namespace
}  // namespace hubbub
