#include "hub/sign_outs.h"

#include <gtest/gtest.h>

namespace hubbub {
namespace {

using std::chrono::hours;
using std::chrono::seconds;

const UserId kAlice{"a"};
const UserId kBob{"b"};

class SignOutsTest : public testing::Test {
 protected:
  static Time at(int second) {
    return Time(std::chrono::microseconds(1'767'323'045'000'000)) + seconds(second);
  }
  // As at the door; and what is open must be judged alike by the sign-out that came last.
  bool has_ended(const UserId& user, std::string_view sign_in, std::optional<Time> issued_at) {
    const IssuedToken token{user, sign_in, issued_at};
    EXPECT_TRUE(sign_outs.has_ended(token) || !is_ended_by(last, token));
    return sign_outs.has_ended(token);
  }
  void sign_out(const UserId& user, const std::string& sign_in, Time when, Time now) {
    last = {user, sign_in, when};
    sign_outs.add(last, now);
  }
  void sign_out(const UserId& user, const std::string& sign_in, Time when) {
    sign_out(user, sign_in, when, when);
  }

  SignOuts sign_outs{hours(24), 6};
  SignOut last;
};

TEST_F(SignOutsTest, NobodyIsSignedOutByDefault) {
  EXPECT_FALSE(has_ended(kAlice, "s1", at(0)));
  EXPECT_FALSE(has_ended(kAlice, "", std::nullopt));
}

TEST_F(SignOutsTest, OfASessionEndsItAlone) {
  sign_out(kAlice, "s1", at(10));
  EXPECT_TRUE(has_ended(kAlice, "s1", at(0)));
  EXPECT_TRUE(has_ended(kAlice, "s1", at(11))) << "refreshed while the issuer ended it";
  EXPECT_FALSE(has_ended(kAlice, "s2", at(0)));
  EXPECT_FALSE(has_ended(kBob, "s3", at(0)));
}

TEST_F(SignOutsTest, OfASessionEndsWhatDoesNotTellItsSession) {
  sign_out(kAlice, "s1", at(10));
  EXPECT_TRUE(has_ended(kAlice, "", at(10)));
  EXPECT_TRUE(has_ended(kAlice, "", std::nullopt));
  EXPECT_FALSE(has_ended(kAlice, "", at(11))) << "signed in again";
  EXPECT_FALSE(has_ended(kBob, "", at(0)));
}

TEST_F(SignOutsTest, OfASessionWithoutAUserEndsIt) {
  sign_out(UserId{}, "s1", at(10));
  EXPECT_TRUE(has_ended(kAlice, "s1", at(0)));
  EXPECT_FALSE(has_ended(kAlice, "", at(0)));
}

TEST_F(SignOutsTest, OfAUserEndsEverythingBefore) {
  sign_out(kAlice, "", at(10));
  EXPECT_TRUE(has_ended(kAlice, "s1", at(10)));
  EXPECT_TRUE(has_ended(kAlice, "", at(0)));
  EXPECT_TRUE(has_ended(kAlice, "s1", std::nullopt));
  EXPECT_FALSE(has_ended(kAlice, "s2", at(11))) << "signed in again";
  EXPECT_FALSE(has_ended(kBob, "s3", at(0)));
}

TEST_F(SignOutsTest, AnEarlierOneThatComesLateChangesNothing) {
  sign_out(kAlice, "", at(10));
  sign_out(kAlice, "", at(5), at(11));
  EXPECT_TRUE(has_ended(kAlice, "", at(8)));
}

TEST_F(SignOutsTest, WhatIsForgottenByTimeTakesEveryOlderTokenAlong) {
  sign_out(kAlice, "", at(10));
  sign_out(kBob, "s2", at(0), at(10) + hours(24));
  EXPECT_TRUE(has_ended(kAlice, "", at(10)));
  EXPECT_TRUE(has_ended(UserId{"c"}, "s9", at(10))) << "a token a day old: refresh";
  EXPECT_FALSE(has_ended(UserId{"c"}, "s9", at(11)));
  EXPECT_FALSE(has_ended(kAlice, "", at(11)));
}

TEST_F(SignOutsTest, WhatIsForgottenByCountTakesEveryOlderTokenAlong) {
  sign_out(kAlice, "s1", at(10));
  sign_out(kAlice, "s1", at(12));
  for (int i = 0; i < 6; ++i) {
    EXPECT_TRUE(has_ended(kAlice, "s1", at(9))) << i;
    sign_out(UserId{"c" + std::to_string(i)}, "", at(20 + i));
  }
  EXPECT_TRUE(has_ended(kAlice, "s1", at(12)));
  EXPECT_TRUE(has_ended(kBob, "s2", at(12)));
  EXPECT_FALSE(has_ended(kBob, "s2", at(13)));
}

}  // namespace
}  // namespace hubbub
