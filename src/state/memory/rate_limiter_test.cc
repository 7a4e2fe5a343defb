#include "state/rate_limiter.h"

#include <gtest/gtest.h>

namespace hubbub {
namespace {

using std::chrono::seconds;

class RateLimiterTest : public testing::Test {
 protected:
  RateVerdict send(const char* user) { return limiter->admit({{UserId{user}}}, limits).front(); }

  ManualClock clock;
  MessageLimits limits{2, 10};
  std::unique_ptr<RateLimiter> limiter = make_memory_rate_limiter(clock, 2);
};

TEST_F(RateLimiterTest, RefusesAboveTheLimitAndSaysUntilWhen) {
  EXPECT_TRUE(send("alice").is_allowed);
  clock.advance(seconds(4));
  EXPECT_TRUE(send("alice").is_allowed);
  const auto refused = send("alice");
  EXPECT_FALSE(refused.is_allowed);
  EXPECT_EQ(refused.retry_after_ms, 6000);
}

TEST_F(RateLimiterTest, OpensANewWindowWhenTheOldOneEnds) {
  for (int i = 0; i < 3; ++i) send("alice");
  clock.advance(seconds(10));
  EXPECT_TRUE(send("alice").is_allowed);
}

TEST_F(RateLimiterTest, CountsEachPersonAlone) {
  for (int i = 0; i < 3; ++i) send("alice");
  EXPECT_TRUE(send("bob").is_allowed);
}

TEST_F(RateLimiterTest, CountsWithinOneBatch) {
  const std::vector<UserId> senders(3, UserId{"alice"});
  const auto verdicts = limiter->admit(senders, limits);
  EXPECT_TRUE(verdicts[1].is_allowed);
  EXPECT_FALSE(verdicts[2].is_allowed);
}

TEST_F(RateLimiterTest, AShorterWindowActsAtOnce) {
  for (int i = 0; i < 3; ++i) send("alice");
  limits.window_seconds = 1;
  EXPECT_TRUE(send("alice").is_allowed);
}

TEST_F(RateLimiterTest, ForgetsEndedWindowsFirstWhenFull) {
  send("alice");
  clock.advance(seconds(10));
  for (int i = 0; i < 3; ++i) send("bob");
  send("carol");
  EXPECT_FALSE(send("bob").is_allowed);
}

}  // namespace
}  // namespace hubbub
