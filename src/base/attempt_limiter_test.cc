#include "base/attempt_limiter.h"

#include <gtest/gtest.h>

namespace hubbub {
namespace {

using namespace std::chrono_literals;

class AttemptLimiterTest : public testing::Test {
 protected:
  bool may(const std::string& name) { return limiter.take(name, now) == 0us; }
  SteadyTime now{1h};
  AttemptLimiter limiter{2, 10s, 3};
};

TEST_F(AttemptLimiterTest, SaysHowLongToWait) {
  EXPECT_TRUE(may("a"));
  now += 4s;
  EXPECT_TRUE(may("a"));
  EXPECT_EQ(limiter.take("a", now), 6s);
  EXPECT_TRUE(may("b"));
  now += 6s;
  EXPECT_TRUE(may("a"));
}

TEST_F(AttemptLimiterTest, WhatWentWellDoesNotCount) {
  for (int i = 0; i < 9; ++i) {
    EXPECT_TRUE(may("a"));
    limiter.give_back("a");
  }
  EXPECT_TRUE(may("a"));
  EXPECT_TRUE(may("a"));
  EXPECT_FALSE(may("a"));
  limiter.forget("a");
  EXPECT_TRUE(may("a"));
}

TEST_F(AttemptLimiterTest, PastItsBoundTheEndedGoFirst) {
  EXPECT_TRUE(may("old"));
  now += 9s;
  for (int i = 0; i < 2; ++i) EXPECT_TRUE(may("a"));
  EXPECT_TRUE(may("b"));
  now += 1s;
  EXPECT_TRUE(may("c"));
  EXPECT_FALSE(may("a")) << "still known";
}

}  // namespace
}  // namespace hubbub
