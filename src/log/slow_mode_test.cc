#include "log/slow_mode.h"

#include <gtest/gtest.h>

namespace hubbub {
namespace {

using namespace std::chrono_literals;

class SlowModeTest : public testing::Test {
 protected:
  static PendingMessage message(const std::string& author, const std::string& key = {},
                                ChannelId channel = {1}, std::int64_t seconds = 10) {
    return {channel, {UserId{author}, author}, "hello", key, Time{}, seconds};
  }
  // One batch of one message, which the store takes if it may be stored.
  std::chrono::milliseconds send(const PendingMessage& message) {
    const auto wait = slow_mode.wait_for(message, now);
    if (wait == 0ms) slow_mode.on_stored(message, now);
    slow_mode.end_batch();
    return wait;
  }

  SteadyTime now{1h};
  SlowMode slow_mode{2};
};

TEST_F(SlowModeTest, SaysHowLongToWait) {
  EXPECT_EQ(send(message("alice")), 0ms);
  now += 3500us;
  EXPECT_EQ(send(message("alice")), 9997ms);
  now += 10s;
  EXPECT_EQ(send(message("alice")), 0ms);
}

TEST_F(SlowModeTest, HoldsForEachPersonAndChannelAlone) {
  send(message("alice"));
  EXPECT_EQ(send(message("bob")), 0ms);
  EXPECT_EQ(send(message("alice", {}, {2})), 0ms);
}

TEST_F(SlowModeTest, ARefusedMessageDoesNotStartTheWaitAnew) {
  send(message("alice"));
  now += 9s;
  EXPECT_EQ(send(message("alice")), 1s);
  now += 1s;
  EXPECT_EQ(send(message("alice")), 0ms);
}

TEST_F(SlowModeTest, ARepetitionOfTheLastMessagePasses) {
  send(message("alice", "k1"));
  EXPECT_EQ(send(message("alice", "k1")), 0ms);
  EXPECT_GT(send(message("alice", "k2")), 0ms);
  EXPECT_GT(send(message("alice")), 0ms);
}

TEST_F(SlowModeTest, WithoutKeysNothingIsARepetition) {
  send(message("alice"));
  EXPECT_GT(send(message("alice")), 0ms);
}

TEST_F(SlowModeTest, JudgesTheMessagesOfABatchInOrder) {
  EXPECT_EQ(slow_mode.wait_for(message("alice", "k1"), now), 0ms);
  EXPECT_EQ(slow_mode.wait_for(message("alice", "k2"), now), 10s);
  EXPECT_EQ(slow_mode.wait_for(message("alice", "k1"), now), 0ms);
}

TEST_F(SlowModeTest, WhatTheStoreDidNotTakeDoesNotCount) {
  EXPECT_EQ(slow_mode.wait_for(message("alice", "k1"), now), 0ms);
  slow_mode.end_batch();
  EXPECT_EQ(send(message("alice", "k2")), 0ms);
}

TEST_F(SlowModeTest, AnotherIntervalActsAtOnce) {
  send(message("alice"));
  now += 12s;
  EXPECT_EQ(send(message("alice", {}, {1}, 60)), 48s);
  EXPECT_EQ(send(message("alice", {}, {1}, 11)), 0ms);
}

TEST_F(SlowModeTest, DoesNotConcernMessagesWithoutIt) {
  EXPECT_EQ(send(message("alice", {}, {1}, 0)), 0ms);
  EXPECT_EQ(send(message("alice", {}, {1}, 0)), 0ms);
  EXPECT_EQ(send(message("alice")), 0ms);
}

TEST_F(SlowModeTest, ForgetsWhatIsOverFirstWhenFull) {
  send(message("alice"));
  now += 10s;
  send(message("bob"));
  send(message("carol"));
  EXPECT_GT(send(message("bob")), 0ms);
}

TEST_F(SlowModeTest, KeepsItsBoundWhenNothingIsOver) {
  send(message("alice"));
  send(message("bob"));
  send(message("carol"));
  EXPECT_EQ(send(message("alice")), 0ms);
  EXPECT_GT(send(message("carol")), 0ms);
}

}  // namespace
}  // namespace hubbub
