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

TEST(ForwardedTest, TheProxyNextToUsSaysWhetherItWasTls) {
  const auto is_secure = [](const HttpHeaders& headers) {
    return judge_forwarded(trusting({"127.0.0.1"}), make_address("127.0.0.1"), headers).is_secure;
  };
  EXPECT_TRUE(is_secure({{"X-Forwarded-Proto", "https"}}));
  EXPECT_FALSE(is_secure({{"X-Forwarded-Proto", "http"}}));
  EXPECT_FALSE(is_secure({{"X-Forwarded-Proto", "https, http"}}));
  EXPECT_FALSE(is_secure({}));
}

}  // namespace
}  // namespace hubbub
