#include "rest/metrics_access.h"

#include <gtest/gtest.h>

namespace hubbub {
namespace {

bool may_read(const std::string& peer, HttpHeaders headers = {}) {
  HttpRequest request;
  request.peer_address = peer;
  request.address = "127.0.0.1";
  request.headers = std::move(headers);
  return is_direct_from_loopback(request);
}

TEST(MetricsAccessTest, IsForThisMachine) {
  EXPECT_TRUE(may_read("127.0.0.1"));
  EXPECT_TRUE(may_read("127.8.9.10"));
  EXPECT_TRUE(may_read("::1"));
  EXPECT_TRUE(may_read("::ffff:127.0.0.1"));
  EXPECT_TRUE(may_read("127.0.0.1", {{"Host", "localhost"}, {"X-Forward", "no such header"}}));
}

TEST(MetricsAccessTest, IsNotForOthers) {
  for (const auto* peer : {"", "10.0.0.1", "128.0.0.1", "::2", "::ffff:10.0.0.1", "1127.0.0.1"}) {
    EXPECT_FALSE(may_read(peer)) << peer;
  }
}

TEST(MetricsAccessTest, IsNotForThoseWhoSpeakForSomebodyElse) {
  for (const auto* name : {"Forwarded", "Via", "X-Real-IP", "X-Forwarded-For", "x-forwarded-proto",
                           "X-Forwarded-Host", "X-FORWARDED-"}) {
    EXPECT_FALSE(may_read("127.0.0.1", {{name, "127.0.0.1"}})) << name;
  }
}

}  // namespace
}  // namespace hubbub
