#include "wire/restrictions.h"

#include <gtest/gtest.h>

namespace hubbub {
namespace {

using std::chrono::hours;

const Time kStart{std::chrono::microseconds(1'767'323'045'000'000)};
const UserId kAlice{"a"};
const ChannelId kGeneral{1};
const ChannelId kNews{2};

Term until(hours end) { return {kStart + end}; }

TEST(RestrictionsTest, ABanEndsByItselfOnTime) {
  Restrictions all;
  all.ban(kAlice, until(hours(1)));
  EXPECT_TRUE(all.ban_of(kAlice, kStart));
  EXPECT_TRUE(all.ban_of(kAlice, kStart + hours(1) - std::chrono::microseconds(1)));
  EXPECT_FALSE(all.ban_of(kAlice, kStart + hours(1)));
  EXPECT_FALSE(all.ban_of(UserId{"b"}, kStart));
}

TEST(RestrictionsTest, OfSeveralBansTheLongestCounts) {
  Restrictions all;
  all.ban(kAlice, until(hours(2)));
  all.ban(kAlice, until(hours(1)));
  EXPECT_EQ(all.ban_of(kAlice, kStart), until(hours(2)));
  all.ban(kAlice, Term{});
  all.ban(kAlice, until(hours(3)));
  EXPECT_TRUE(all.ban_of(kAlice, kStart + hours(1'000'000)));
}

TEST(RestrictionsTest, AMuteOfOneChannelLeavesTheOthers) {
  Restrictions all;
  all.mute(kAlice, {kGeneral, until(hours(1))});
  EXPECT_TRUE(all.mute_of(kAlice, kGeneral, kStart));
  EXPECT_FALSE(all.mute_of(kAlice, kNews, kStart));
  EXPECT_FALSE(all.mute_of(kAlice, ChannelId{}, kStart));
}

TEST(RestrictionsTest, AMuteEverywhereCoversPrivateMessages) {
  Restrictions all;
  all.mute(kAlice, {ChannelId{}, until(hours(1))});
  all.mute(kAlice, {kNews, until(hours(2))});
  EXPECT_EQ(all.mute_of(kAlice, ChannelId{}, kStart), until(hours(1)));
  EXPECT_EQ(all.mute_of(kAlice, kNews, kStart), until(hours(2)));
  EXPECT_FALSE(all.mute_of(kAlice, kGeneral, kStart + hours(1)));
}

}  // namespace
}  // namespace hubbub
