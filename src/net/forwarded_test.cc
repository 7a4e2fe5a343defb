#include "net/forwarded.h"

#include <gtest/gtest.h>

namespace hubbub {
namespace {

using boost::asio::ip::make_address;

TrustedProxies trusting(std::vector<std::string> entries) {
  return *TrustedProxies::parse(entries);
}

std::string judged(std::string_view peer, const HttpHeaders& headers,
                   std::vector<std::string> entries = {"127.0.0.1", "::1", "10.0.0.0/8"}) {
  return judge_forwarded(trusting(std::move(entries)), make_address(std::string(peer)), headers)
      .address;
}

HttpHeaders forwarded_for(std::string value) { return {{"X-Forwarded-For", std::move(value)}}; }

TEST(ForwardedTest, AStrangersHeadersAreNotBelieved) {
  const HttpHeaders headers = {{"X-Forwarded-For", "127.0.0.1"}, {"X-Forwarded-Proto", "https"}};
  const auto judged = judge_forwarded(trusting({"10.0.0.1"}), make_address("192.0.2.7"), headers);
  EXPECT_EQ(judged.address, "192.0.2.7");
  EXPECT_FALSE(judged.is_secure);
}

TEST(ForwardedTest, ATrustedProxySaysWhoAsks) {
  EXPECT_EQ(judged("127.0.0.1", forwarded_for("203.0.113.5")), "203.0.113.5");
  EXPECT_EQ(judged("::1", forwarded_for("2001:db8::5")), "2001:db8::5");
  EXPECT_EQ(judged("127.0.0.1", {}), "127.0.0.1");
}

TEST(ForwardedTest, WhatAClientPrependedIsNotBelieved) {
  EXPECT_EQ(judged("127.0.0.1", forwarded_for("127.0.0.1, 1.2.3.4, 203.0.113.5, 10.1.2.3")),
            "203.0.113.5");
}

TEST(ForwardedTest, SeveralHeadersAreOneList) {
  EXPECT_EQ(
      judged("127.0.0.1", {{"x-forwarded-for", "203.0.113.5"}, {"X-Forwarded-For", "10.0.0.2"}}),
      "203.0.113.5");
}

TEST(ForwardedTest, AChainOfProxiesOnlyEndsAtTheFirst) {
  EXPECT_EQ(judged("127.0.0.1", forwarded_for("10.0.0.9, 10.0.0.8")), "10.0.0.9");
}

TEST(ForwardedTest, WhatIsNoAddressStopsAtWhoWroteIt) {
  EXPECT_EQ(judged("127.0.0.1", forwarded_for("203.0.113.5, unknown")), "127.0.0.1");
  EXPECT_EQ(judged("127.0.0.1", forwarded_for("203.0.113.5, <script>, 10.0.0.8")), "10.0.0.8");
}

TEST(ForwardedTest, PortsAndBracketsAreTakenOff) {
  EXPECT_EQ(judged("127.0.0.1", forwarded_for("203.0.113.5:4711")), "203.0.113.5");
  EXPECT_EQ(judged("127.0.0.1", forwarded_for("[2001:db8::5]:4711")), "2001:db8::5");
}

TEST(ForwardedTest, ADualStackSocketsIPv4PeersAreIPv4) {
  EXPECT_EQ(judged("::ffff:127.0.0.1", forwarded_for("::ffff:203.0.113.5")), "203.0.113.5");
}

TEST(ForwardedTest, NetworksHaveTheirExactBounds) {
  const auto trusted = trusting({"10.32.0.0/11", "fd00::/8", "192.0.2.0/24"});
  EXPECT_TRUE(trusted.trusts(make_address("10.63.255.255")));
  EXPECT_FALSE(trusted.trusts(make_address("10.64.0.0")));
  EXPECT_FALSE(trusted.trusts(make_address("10.31.255.255")));
  EXPECT_TRUE(trusted.trusts(make_address("fdff::1")));
  EXPECT_FALSE(trusted.trusts(make_address("fe00::1")));
  EXPECT_TRUE(trusted.trusts(make_address("192.0.2.255")));
  EXPECT_FALSE(trusted.trusts(make_address("::c000:201")));  // the same bits, not mapped
}

TEST(ForwardedTest, TheProxyNextToUsSaysWhetherItWasTls) {
  const auto is_secure = [](const HttpHeaders& headers) {
    return judge_forwarded(trusting({"127.0.0.1"}), make_address("127.0.0.1"), headers).is_secure;
  };
  EXPECT_TRUE(is_secure({{"X-Forwarded-Proto", "https"}}));
  EXPECT_FALSE(is_secure({{"X-Forwarded-Proto", "http"}}));
  EXPECT_FALSE(is_secure({{"X-Forwarded-Proto", "https, http"}}));
  EXPECT_FALSE(is_secure({}));
}

TEST(ForwardedTest, ABadEntryIsNamed) {
  for (const std::string entry :
       {"example.org", "10.0.0.0/33", "10.0.0.0/", "::/129", "", "1.2.3.4/8x"}) {
    const auto parsed = TrustedProxies::parse(std::vector{entry});
    ASSERT_FALSE(parsed) << entry;
    EXPECT_NE(parsed.error().detail.find("'" + entry + "'"), std::string::npos);
  }
}

}  // namespace
}  // namespace hubbub
