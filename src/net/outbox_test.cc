#include "net/outbox.h"

#include <gmock/gmock.h>

#include <array>
#include <random>
#include <string>

namespace hubbub {
namespace {

constexpr std::size_t kBytesMax = 40;
constexpr std::size_t kUrgentBytesMax = 16;

// A frame of 2 bytes of header and this payload.
Shared<Frame> frame(std::string_view payload) { return Frame::text(payload); }

class OutboxTest : public testing::Test {
 protected:
  // Takes `bytes` off the front, as a socket would, and returns them.
  std::string take(std::size_t bytes) {
    auto all = waiting();
    EXPECT_LE(bytes, all.size());
    outbox.consume(bytes);
    return all.substr(0, bytes);
  }
  std::string waiting() { return waiting(outbox); }
  static std::string waiting(const Outbox& of) {
    std::array<iovec, 256> spans{};
    std::string all;
    for (const auto& span : std::span(spans).first(of.gather(spans))) {
      all.append(static_cast<const char*>(span.iov_base), span.iov_len);
    }
    return all;
  }
  static std::string bytes(std::string_view payload) {
    return std::string(frame(payload)->bytes());
  }

  Outbox outbox{kBytesMax, kUrgentBytesMax};
};

TEST_F(OutboxTest, FramesLeaveInOrder) {
  ASSERT_TRUE(outbox.push(frame("a")));
  outbox.push_unbounded(frame("b"));
  ASSERT_TRUE(outbox.push(frame("c")));
  EXPECT_EQ(waiting(), bytes("a") + bytes("b") + bytes("c"));
}

TEST_F(OutboxTest, WhatDoesNotFitIsRefusedWhole) {
  ASSERT_TRUE(outbox.push(frame(std::string(28, 'x'))));  // 30 bytes
  EXPECT_FALSE(outbox.push(frame("123456789")));          // 11
  ASSERT_TRUE(outbox.push(frame("12345678")));            // 10: exactly full
  EXPECT_EQ(outbox.counted_bytes(), kBytesMax);
  take(30);
  EXPECT_TRUE(outbox.push(frame("123456789")));
}

TEST_F(OutboxTest, UnboundedFramesAreNotCounted) {
  outbox.push_unbounded(frame(std::string(100, 'x')));
  EXPECT_EQ(outbox.counted_bytes(), 0U);
  EXPECT_TRUE(outbox.push(frame("a")));
}

TEST_F(OutboxTest, UrgentFramesOvertakeWholeFramesInTheirOwnOrder) {
  ASSERT_TRUE(outbox.push(frame("a")));
  ASSERT_TRUE(outbox.push_urgent(frame("1")));
  ASSERT_TRUE(outbox.push_urgent(frame("2")));
  EXPECT_EQ(waiting(), bytes("1") + bytes("2") + bytes("a"));
}

TEST_F(OutboxTest, UrgentFramesNeverComeInsideAFrame) {
  ASSERT_TRUE(outbox.push(frame("abc")));
  ASSERT_TRUE(outbox.push(frame("def")));
  take(3);
  ASSERT_TRUE(outbox.push_urgent(frame("1")));
  EXPECT_EQ(waiting(), bytes("abc").substr(3) + bytes("1") + bytes("def"));
}

TEST_F(OutboxTest, UrgentFramesHaveABoundOfTheirOwn) {
  ASSERT_TRUE(outbox.push(frame(std::string(38, 'x'))));
  ASSERT_TRUE(outbox.push_urgent(frame("123456")));
  ASSERT_TRUE(outbox.push_urgent(frame("123456")));
  EXPECT_FALSE(outbox.push_urgent(frame("")));
  take(8);
  EXPECT_TRUE(outbox.push_urgent(frame("123456")));
}

TEST_F(OutboxTest, NothingOvertakesTheHandshake) {
  outbox.push_handshake(frame("101"));
  ASSERT_TRUE(outbox.push_urgent(frame("1")));
  EXPECT_EQ(waiting(), bytes("101") + bytes("1"));
}

TEST_F(OutboxTest, AnySplitOfTheSameBytesLeavesTheSameStream) {
  for (std::size_t step = 1; step < 20; ++step) {
    std::string stream;
    for (const auto* text : {"one", "", "three", "4", "five"})
      ASSERT_TRUE(outbox.push(frame(text)));
    const auto expected = waiting();
    while (!outbox.is_empty()) stream += take(std::min(step, waiting().size()));
    EXPECT_EQ(stream, expected) << step;
    EXPECT_EQ(outbox.counted_bytes(), 0U);
  }
}

TEST_F(OutboxTest, CountsTheFramesThatAreThrough) {
  ASSERT_TRUE(outbox.push(frame("ab")));
  ASSERT_TRUE(outbox.push(frame("cd")));
  EXPECT_EQ(outbox.consume(3), 0U);
  EXPECT_EQ(outbox.consume(5), 2U);
}

TEST_F(OutboxTest, GathersNoMoreThanThereIsRoomFor) {
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(outbox.push(frame("a")));
  std::array<iovec, 3> spans{};
  EXPECT_EQ(outbox.gather(spans), 3U);
}

TEST_F(OutboxTest, ALongQueueThatNeverEmptiesKeepsItsOrder) {
  std::string sent;
  std::string expected;
  for (int i = 0; i < 500; ++i) {
    const auto text = std::to_string(i);
    outbox.push_unbounded(frame(text));
    expected += bytes(text);
    if (i > 10) sent += take(3);
  }
  EXPECT_EQ(sent, expected.substr(0, sent.size()));
  while (!outbox.is_empty()) sent += take(waiting().size());
  EXPECT_EQ(sent, expected);
}

// Random sequences, against the rules written the slow way.
TEST_F(OutboxTest, AnyMixLeavesAsTheRulesSay) {
  std::mt19937 random(1);  // NOLINT: the same cases each time
  struct Waiting {
    std::string bytes;
    bool is_urgent;
  };
  for (int round = 0; round < 300; ++round) {
    Outbox mixed(1'000'000, 1'000'000);
    std::vector<Waiting> model;
    std::size_t sent = 0;  // of the first
    for (int step = 0; step < 200; ++step) {
      const auto text = frame(std::to_string(step));
      const auto action = random() % 3;
      if (action == 0) {
        ASSERT_TRUE(mixed.push(text));
        model.push_back({std::string(text->bytes()), false});
      } else if (action == 1) {
        ASSERT_TRUE(mixed.push_urgent(text));
        auto at = model.begin() + (sent > 0 ? 1 : 0);
        while (at != model.end() && at->is_urgent) ++at;
        model.insert(at, {std::string(text->bytes()), true});
      } else {
        std::string expected;
        for (const auto& one : model) expected += one.bytes;
        ASSERT_EQ(waiting(mixed), expected.substr(sent));
        auto taken = random() % (std::min<std::size_t>(expected.size() - sent, 30) + 1);
        mixed.consume(taken);
        for (sent += taken; !model.empty() && sent >= model[0].bytes.size();) {
          sent -= model[0].bytes.size();
          model.erase(model.begin());
        }
      }
    }
  }
}

TEST_F(OutboxTest, GivesBackFramesThatHaveLeft) {
  const auto one = frame("a");
  ASSERT_TRUE(outbox.push(one));
  EXPECT_EQ(one.use_count(), 2);
  take(3);
  outbox.release_if_empty();
  EXPECT_EQ(one.use_count(), 1);
}

}  // namespace
}  // namespace hubbub
