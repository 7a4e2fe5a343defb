#include "session/connect_limiter.h"

#include <gtest/gtest.h>

namespace hubbub {
namespace {

using namespace std::chrono_literals;

class ConnectLimiterTest : public testing::Test {
 protected:
  bool may(const std::string& address) { return limiter.take(address, now) == 0ms; }

  SteadyTime now{1h};
  ConnectLimiter limiter{2};
};

TEST_F(ConnectLimiterTest, SaysHowLongToWait) {
  EXPECT_TRUE(may("192.0.2.1"));
  now += 20s;
  EXPECT_TRUE(may("192.0.2.1"));
  EXPECT_EQ(limiter.take("192.0.2.1", now), 40s);
  now += 40s;
  EXPECT_TRUE(may("192.0.2.1"));
}

TEST_F(ConnectLimiterTest, CountsEachAddressAlone) {
  EXPECT_TRUE(may("192.0.2.1"));
  EXPECT_TRUE(may("192.0.2.1"));
  EXPECT_TRUE(may("192.0.2.2"));
}

TEST_F(ConnectLimiterTest, LoopbackIsAnAddressLikeOthers) {
  EXPECT_TRUE(may("127.0.0.1"));
  EXPECT_TRUE(may("127.0.0.1"));
  EXPECT_FALSE(may("127.0.0.1"));
}

TEST_F(ConnectLimiterTest, CountsANetworkOfIpv6AsOne) {
  EXPECT_TRUE(may("2001:db8:0:1::1"));
  EXPECT_TRUE(may("2001:db8:0:1:ffff::2"));
  EXPECT_FALSE(may("2001:db8:0:1::3"));
  EXPECT_TRUE(may("2001:db8:0:2::1"));
}

TEST_F(ConnectLimiterTest, KnowsAnIpv4AddressInIpv6) {
  EXPECT_TRUE(may("::ffff:192.0.2.1"));
  EXPECT_TRUE(may("192.0.2.1"));
  EXPECT_FALSE(may("192.0.2.1"));
  EXPECT_TRUE(may("::ffff:192.0.2.2"));
}

TEST_F(ConnectLimiterTest, ZeroIsNoBound) {
  ConnectLimiter none(0);
  for (int i = 0; i < 1'000; ++i) EXPECT_EQ(none.take("192.0.2.1", now), 0ms);
}

}  // namespace
}  // namespace hubbub
