#include "hub/account_changes.h"

#include <gtest/gtest.h>

namespace hubbub {
namespace {

using std::chrono::minutes;

const UserId kAlice{"a"};

class AccountChangesTest : public testing::Test {
 protected:
  std::optional<Role> role_of(const UserId& user) const {
    const auto change = changes.find(user, now);
    return change ? change->role : std::nullopt;
  }

  AccountChanges changes{minutes(6)};
  Time now{std::chrono::microseconds(1'767'323'045'000'000)};
};

TEST_F(AccountChangesTest, KeepsTheLastChangeOfEachPerson) {
  changes.add({kAlice, Role::kModerator}, now);
  changes.add({kAlice, Role::kMember}, now);
  EXPECT_EQ(role_of(kAlice), Role::kMember);
  EXPECT_FALSE(changes.find(UserId{"b"}, now));
}

TEST_F(AccountChangesTest, ForgetsAChangeThatNoTokenCanContradictAnyMore) {
  changes.add({kAlice, Role::kMember}, now);
  now += minutes(6) - std::chrono::microseconds(1);
  EXPECT_TRUE(changes.find(kAlice, now));
  now += std::chrono::microseconds(1);
  EXPECT_FALSE(changes.find(kAlice, now));
}

TEST_F(AccountChangesTest, ALaterChangeIsKeptForItsOwnTime) {
  changes.add({kAlice, Role::kMember}, now);
  now += minutes(5);
  changes.add({kAlice, {}, true}, now);
  now += minutes(5);
  EXPECT_TRUE(changes.find(kAlice, now)->is_disabled);
}

}  // namespace
}  // namespace hubbub
