#include "state/valkey/address.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hubbub {
namespace {

using testing::HasSubstr;

std::string complaint(std::string_view url) {
  const auto parsed = parse_valkey_url(url);
  return parsed ? "none" : parsed.error().detail;
}

TEST(RedisUrlTest, NamesHostPortAndDatabase) {
  const auto plain = parse_valkey_url("redis://valkey:6379").value();
  EXPECT_EQ(plain.host, "valkey");
  EXPECT_EQ(plain.port, 6379);
  EXPECT_EQ(plain.database, 0);
  EXPECT_EQ(plain.user + plain.password, "");
  EXPECT_EQ(parse_valkey_url("redis://valkey:6379/").value().database, 0);
  EXPECT_EQ(parse_valkey_url("redis://valkey:6379/15").value().shown(), "valkey:6379/15");
}

TEST(RedisUrlTest, AnIpv6AddressStandsInBrackets) {
  const auto parsed = parse_valkey_url("redis://[::1]:7/2").value();
  EXPECT_EQ(parsed.host, "::1");
  EXPECT_EQ(parsed.shown(), "[::1]:7/2");
}

TEST(RedisUrlTest, UserAndPasswordMayHoldAnythingAndAreNotShown) {
  const auto parsed = parse_valkey_url("redis://chat:p%40ss:w/rd%25@h:1/0").value();
  EXPECT_EQ(parsed.user, "chat");
  EXPECT_EQ(parsed.password, "p@ss:w/rd%");
  EXPECT_EQ(parsed.shown(), "h:1/0");
  EXPECT_EQ(parse_valkey_url("redis://:a@b@h:1").value().password, "a@b");
  EXPECT_EQ(parse_valkey_url("redis://:secret@h:1").value().user, "");
}

TEST(RedisUrlTest, SaysWhatIsWrong) {
  EXPECT_THAT(complaint("valkey:6379"), HasSubstr("must be of the form redis://"));
  EXPECT_THAT(complaint("http://valkey:6379"), HasSubstr("must be of the form redis://"));
  EXPECT_THAT(complaint("rediss://valkey:6379"), HasSubstr("TLS"));
  EXPECT_THAT(complaint("redis://valkey"), HasSubstr("port after the host"));
  EXPECT_THAT(complaint("redis://[::1]"), HasSubstr("port after the host"));
  EXPECT_THAT(complaint("redis://::1:6379"), HasSubstr("brackets"));
  EXPECT_THAT(complaint("redis://:6379"), HasSubstr("must name a host"));
  for (const auto* port : {"0", "65536", "x", "", "6379x", "-1"}) {
    EXPECT_THAT(complaint("redis://h:" + std::string(port)), HasSubstr("port from 1 to")) << port;
  }
  for (const auto* database : {"x", "-1", "1/2", "1 "}) {
    EXPECT_THAT(complaint("redis://h:1/" + std::string(database)),
                HasSubstr("number of a database"))
        << database;
  }
  EXPECT_THAT(complaint("redis://h:1?db=1"), HasSubstr("? or #"));
  EXPECT_THAT(complaint("redis://secret@h:1"), HasSubstr("user:password"));
  EXPECT_THAT(complaint("redis://user:@h:1"), HasSubstr("empty password"));
  for (const auto* bad : {"%", "%4", "%zz", "%+1"}) {
    EXPECT_THAT(complaint("redis://u:" + std::string(bad) + "@h:1"), HasSubstr("hexadecimal"))
        << bad;
  }
}

TEST(RedisUrlTest, NoComplaintRepeatsAPassword) {
  for (const auto* url : {"redis://u:sesame@h", "redis://u:sesame@h:x", "rediss://u:sesame@h:1",
                          "redis://u:sesame%@h:1", "x://u:sesame@h:1", "redis://sesame@h:1"}) {
    EXPECT_THAT(complaint(url), testing::Not(HasSubstr("sesame"))) << url;
  }
}

}  // namespace
}  // namespace hubbub
