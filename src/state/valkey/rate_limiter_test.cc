// What both twins promise (state/memory/rate_limiter_test.cc) of the one that counts in Valkey, and
// what happens to it when Valkey does not answer.
#include "state/valkey/rate_limiter.h"

#include <gtest/gtest.h>

#include "state/valkey/test_valkey.h"

namespace hubbub {
namespace {

using std::chrono::milliseconds;

class ValkeyRateLimiterTest : public ValkeyTest {
 protected:
  void SetUp() override {
    ValkeyTest::SetUp();
    if (HasFatalFailure()) return;
    link = std::make_unique<ValkeyLink>(address, kTimeout, metrics);
    limiter = make_valkey_rate_limiter(*link, make_memory_rate_limiter(clock, 100), metrics);
    link->start();
    ASSERT_TRUE(link->is_up());
  }

  void TearDown() override { ask({"CONFIG", "SET", "maxmemory", "0"}); }

  RateVerdict send(const char* user) { return limiter->admit({{UserId{user}}}, limits).front(); }
  std::int64_t fallbacks() { return metrics.sum("hubbub_valkey_fallbacks_total"); }
  std::int64_t errors() { return metrics.sum("hubbub_valkey_errors_total"); }
  void await_up() const {
    await([this] { return link->is_up(); });
  }

  // Half the time for which the test below holds the server up.
  static constexpr milliseconds kTimeout{500};

  ManualClock clock;
  Metrics metrics;
  MessageLimits limits{2, 60};
  std::unique_ptr<ValkeyLink> link;
  std::unique_ptr<RateLimiter> limiter;
};

TEST_F(ValkeyRateLimiterTest, RefusesAboveTheLimitAndSaysUntilWhen) {
  EXPECT_TRUE(send("alice").is_allowed);
  EXPECT_TRUE(send("alice").is_allowed);
  ask({"EXPIRE", "ratelimit:alice", "30"});
  const auto refused = send("alice");
  EXPECT_FALSE(refused.is_allowed);
  EXPECT_LE(refused.retry_after_ms, 30'000);
  EXPECT_GT(refused.retry_after_ms, 20'000);
  EXPECT_TRUE(send("bob").is_allowed);
  EXPECT_EQ(text({"GET", "ratelimit:alice"}), "3");
  EXPECT_EQ(fallbacks(), 0);
}

TEST_F(ValkeyRateLimiterTest, CountsWithinOneBatchAndAnswersInOrder) {
  const std::vector<UserId> senders = {{"alice"}, {"bob"}, {"alice"}, {"alice"}, {"bob"}};
  const auto verdicts = limiter->admit(senders, limits);
  std::vector<bool> allowed;
  for (const auto& verdict : verdicts) allowed.push_back(verdict.is_allowed);
  EXPECT_EQ(allowed, (std::vector<bool>{true, true, true, false, true}));
}

TEST_F(ValkeyRateLimiterTest, ABatchIsOneRoundTrip) {
  send("alice");
  const auto commands = [this] {
    const auto told = text({"INFO", "commandstats"});
    const auto at = told.find("cmdstat_evalsha:calls=");
    return at == told.npos ? 0 : std::stoi(told.substr(at + 22));
  };
  const auto before = commands();
  limiter->admit(std::vector<UserId>(1'000, UserId{"alice"}), limits);
  EXPECT_EQ(commands(), before + 1);
}

TEST_F(ValkeyRateLimiterTest, AShorterWindowActsAtOnce) {
  for (int i = 0; i < 3; ++i) send("alice");
  limits.window_seconds = 10;
  EXPECT_TRUE(send("alice").is_allowed);
  EXPECT_LE(integer({"TTL", "ratelimit:alice"}), 10);
}

TEST_F(ValkeyRateLimiterTest, ALongerWindowLeavesTheOpenOneAsItIs) {
  send("alice");
  limits.window_seconds = 600;
  send("alice");
  EXPECT_LE(integer({"TTL", "ratelimit:alice"}), 60);
  EXPECT_FALSE(send("alice").is_allowed);
}

TEST_F(ValkeyRateLimiterTest, TheLoadedScriptMayBeForgotten) {
  send("alice");
  ask({"SCRIPT", "FLUSH"});
  send("alice");
  EXPECT_FALSE(send("alice").is_allowed);
  EXPECT_EQ(errors(), 0);
}

TEST_F(ValkeyRateLimiterTest, WhatWasCountedThereIsKnownHere) {
  send("alice");
  send("alice");
  ask({"DEL", "ratelimit:alice"});
  link->stop();
  EXPECT_FALSE(send("alice").is_allowed) << "by the local count";
  EXPECT_EQ(fallbacks(), 1);
}

TEST_F(ValkeyRateLimiterTest, ALateAnswerIsNotWaitedForNorTakenForAnother) {
  send("alice");
  ask({"CLIENT", "PAUSE", "1000", "ALL"});
  EXPECT_TRUE(send("bob").is_allowed);
  EXPECT_FALSE(link->is_up());
  for (int i = 0; i < 100; ++i) send("carol");  // without waiting for anything
  EXPECT_EQ(fallbacks(), 101);
  EXPECT_EQ(errors(), 1) << "asked once";
  await_up();
  EXPECT_TRUE(send("alice").is_allowed);
  EXPECT_FALSE(send("alice").is_allowed);
  EXPECT_EQ(fallbacks(), 101);
}

TEST_F(ValkeyRateLimiterTest, AFullServerCountsAsGone) {
  send("alice");
  ask({"CONFIG", "SET", "maxmemory", "1"});
  EXPECT_TRUE(send("alice").is_allowed);
  EXPECT_FALSE(send("alice").is_allowed) << "by the local count";
  EXPECT_EQ(fallbacks(), 2);
  EXPECT_FALSE(link->is_up());
  ask({"CONFIG", "SET", "maxmemory", "0"});
  await_up();
  EXPECT_TRUE(send("bob").is_allowed);
  EXPECT_EQ(fallbacks(), 2);
}

}  // namespace
}  // namespace hubbub
