#include "auth/network_list.h"

#include <gtest/gtest.h>

namespace hubbub {
namespace {

NetworkList list_of(std::vector<std::string> entries) { return *NetworkList::parse(entries); }

TEST(NetworkListTest, NetworksHaveTheirExactBounds) {
  const auto list = list_of({"10.32.0.0/11", "fd00::/8", "192.0.2.0/24"});
  EXPECT_TRUE(list.contains("10.63.255.255"));
  EXPECT_FALSE(list.contains("10.64.0.0"));
  EXPECT_FALSE(list.contains("10.31.255.255"));
  EXPECT_TRUE(list.contains("fdff::1"));
  EXPECT_FALSE(list.contains("fe00::1"));
  EXPECT_TRUE(list.contains("192.0.2.255"));
  EXPECT_TRUE(list.contains("::ffff:192.0.2.255"));
  EXPECT_FALSE(list.contains("::c000:201"));  // the same bits, not mapped
}

TEST(NetworkListTest, WhatIsNoAddressIsInNoList) {
  const auto all = list_of({"0.0.0.0/0", "::/0"});
  EXPECT_TRUE(all.contains("203.0.113.5"));
  for (const auto* text : {"", "localhost", "[::1]", "127.0.0.1:80", "127.1", " 127.0.0.1"}) {
    EXPECT_FALSE(all.contains(text)) << text;
  }
}

TEST(NetworkListTest, ABadEntryIsNamed) {
  for (const std::string entry :
       {"example.org", "10.0.0.0/33", "10.0.0.0/", "::/129", "", "1.2.3.4/8x"}) {
    const auto parsed = NetworkList::parse(std::vector{entry});
    ASSERT_FALSE(parsed) << entry;
    EXPECT_NE(parsed.error().detail.find("'" + entry + "'"), std::string::npos);
  }
}

}  // namespace
}  // namespace hubbub
