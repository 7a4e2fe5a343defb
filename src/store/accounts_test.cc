#include "store/accounts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "store/store_suite.h"

namespace hubbub {
namespace {

using std::chrono::seconds;
using testing::ElementsAre;

class AccountStoreTest : public testing::TestWithParam<TwinKind> {
 protected:
  std::unique_ptr<AccountStore> open() {
    auto opened = open_accounts(twin->url());
    EXPECT_TRUE(opened) << opened.error().detail;
    return std::move(*opened);
  }
  Status add(const std::string& name, const std::string& code = "") {
    return store->add_account({.id = UserId{"id-" + name}, .username = name, .password_hash = "h"},
                              code, now);
  }
  bool sign_in(const std::string& name, const std::string& id) {
    return store->add_sign_in({id, UserId{"id-" + name}, now, now + seconds(100)}, "hash-" + id)
        .has_value();
  }
  bool is_signed_in(const std::string& id) {
    return (*store->find_sign_in("hash-" + id, now)).has_value();
  }
  bool rotate(const std::string& from, const std::string& to, const std::string& client = "c") {
    return (*store->rotate_refresh_token(from, to, client, now, seconds(10))).has_value();
  }
  bool take(const std::string& code, const std::string& family) {
    return (*store->take_code(code, family, now)).has_value();
  }
  void grant() {
    ASSERT_TRUE(add("ann"));
    ASSERT_TRUE(sign_in("ann", "s"));
    ASSERT_TRUE(store->add_refresh_token({"family", "s", "c", "openid"}, "r1"));
  }

  std::unique_ptr<StoreTwin> twin = GetParam().make();
  std::unique_ptr<AccountStore> store = open();
  Time now = ManualClock().now();
};

INSTANTIATE_TEST_SUITE_P(Twins, AccountStoreTest, testing::ValuesIn(twins()), twin_name);

TEST_P(AccountStoreTest, AnAccountIsFoundWithoutRegardToCase) {
  ASSERT_TRUE(add("Ann"));
  EXPECT_EQ((*store->find_account_named("aNN"))->username, "Ann");
  EXPECT_EQ((*store->find_account(UserId{"id-Ann"}))->username, "Ann");
  EXPECT_FALSE(*store->find_account_named("ann2"));
  const auto again = add("ANN");
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, Code::kConflict);
  EXPECT_EQ(again.error().field, "username");
}

TEST_P(AccountStoreTest, RolesAreGrantedAndRevoked) {
  ASSERT_TRUE(add("ann"));
  const UserId ann{"id-ann"};
  EXPECT_TRUE(store->set_role(ann, "moderator", true));
  EXPECT_TRUE(store->set_role(ann, "admin", true));
  EXPECT_TRUE(store->set_role(ann, "admin", true));
  EXPECT_THAT((*store->find_account(ann))->roles, ElementsAre("admin", "moderator"));
  EXPECT_TRUE(store->set_role(ann, "admin", false));
  EXPECT_THAT((*store->accounts())[0].roles, ElementsAre("moderator"));
  EXPECT_EQ(store->set_role(UserId{"id-x"}, "admin", true).error().code, Code::kUnknownUser);
}

TEST_P(AccountStoreTest, AnEditGivesTheAccountAsItWas) {
  ASSERT_TRUE(add("ann"));
  const UserId ann{"id-ann"};
  ASSERT_TRUE(store->set_role(ann, "admin", true));
  ASSERT_TRUE(sign_in("ann", "1"));
  const auto was = store->edit_account(
      ann, {.granted = {"moderator"}, .revoked = {"admin"}, .is_disabled = true});
  ASSERT_TRUE(was);
  EXPECT_THAT(was->roles, ElementsAre("admin"));
  EXPECT_FALSE(was->is_disabled);
  EXPECT_THAT((*store->find_account(ann))->roles, ElementsAre("moderator"));
  EXPECT_TRUE((*store->find_account(ann))->is_disabled);
  EXPECT_FALSE(is_signed_in("1"));
  EXPECT_EQ(store->edit_account(UserId{"id-x"}, {}).error().code, Code::kUnknownUser);
}

TEST_P(AccountStoreTest, AnEditThatLeavesNobodyWithARoleChangesNothing) {
  ASSERT_TRUE(add("ann"));
  ASSERT_TRUE(add("bob"));
  const UserId ann{"id-ann"};
  const UserId bob{"id-bob"};
  ASSERT_TRUE(store->set_role(ann, "admin", true));
  const AccountEdit demotion{.granted = {"moderator"}, .revoked = {"admin"}, .kept_role = "admin"};
  const AccountEdit disabling{.is_disabled = true, .kept_role = "admin"};
  EXPECT_EQ(store->edit_account(ann, demotion).error().code, Code::kConflict);
  EXPECT_EQ(store->edit_account(ann, disabling).error().code, Code::kConflict);
  EXPECT_THAT((*store->find_account(ann))->roles, ElementsAre("admin"));
  EXPECT_FALSE((*store->find_account(ann))->is_disabled);
  EXPECT_TRUE(store->edit_account(bob, disabling));
  ASSERT_TRUE(store->set_role(bob, "admin", true));
  EXPECT_EQ(store->edit_account(ann, demotion).error().code, Code::kConflict)
      << "who is disabled does not count";
  ASSERT_TRUE(store->set_disabled(bob, false));
  EXPECT_TRUE(store->edit_account(ann, demotion));
}

TEST_P(AccountStoreTest, AnInvitationIsUsedAsOftenAsItSays) {
  ASSERT_TRUE(store->add_invitation({.code = "two", .uses_left = 2}));
  EXPECT_TRUE(add("a", "two"));
  EXPECT_EQ(add("a", "two").error().code, Code::kConflict) << "a taken name costs no use";
  EXPECT_TRUE(add("b", "two"));
  EXPECT_EQ(add("c", "two").error().code, Code::kForbidden);
  EXPECT_EQ(add("c", "never").error().code, Code::kForbidden);
  EXPECT_EQ(*store->account_count(), 2);
}

TEST_P(AccountStoreTest, AnInvitationExpires) {
  ASSERT_TRUE(store->add_invitation({.code = "x", .expires_at = now + seconds(1)}));
  EXPECT_TRUE(*store->find_invitation("x", now));
  now += seconds(1);
  EXPECT_FALSE(*store->find_invitation("x", now));
  EXPECT_EQ(add("a", "x").error().code, Code::kForbidden);
}

TEST_P(AccountStoreTest, TheSetupIsForTheFirstAdministratorOnly) {
  ASSERT_TRUE(store->add_invitation(
      {.code = "setup", .kind = InvitationKind::kSetup, .role = "admin", .uses_left = 5}));
  ASSERT_TRUE(add("ann"));
  EXPECT_EQ((*store->find_invitation("setup", now))->role, "admin") << "a member is none";
  ASSERT_TRUE(store->set_role(UserId{"id-ann"}, "admin", true));
  EXPECT_FALSE(*store->find_invitation("setup", now));
  EXPECT_EQ(add("bob", "setup").error().code, Code::kForbidden);
}

TEST_P(AccountStoreTest, ASignInEndsInTimeWithAPasswordAndWhenDisabled) {
  ASSERT_TRUE(add("ann"));
  ASSERT_TRUE(add("bob"));
  const UserId ann{"id-ann"};
  ASSERT_TRUE(sign_in("ann", "1"));
  ASSERT_TRUE(sign_in("bob", "b"));
  EXPECT_TRUE(is_signed_in("1"));
  ASSERT_TRUE(store->set_password(ann, "other"));
  EXPECT_FALSE(is_signed_in("1"));
  ASSERT_TRUE(sign_in("ann", "2"));
  ASSERT_TRUE(store->set_disabled(ann, true));
  EXPECT_FALSE(is_signed_in("2"));
  EXPECT_FALSE(sign_in("ann", "3"));
  EXPECT_TRUE(is_signed_in("b"));
  now += seconds(100);
  EXPECT_FALSE(is_signed_in("b"));
}

TEST_P(AccountStoreTest, OnlyTheNewestResetLinkWorks) {
  ASSERT_TRUE(add("ann"));
  const UserId ann{"id-ann"};
  ASSERT_TRUE(store->add_reset("one", ann, now + seconds(10)));
  ASSERT_TRUE(store->add_reset("two", ann, now + seconds(10)));
  EXPECT_FALSE(*store->find_reset("one", now));
  EXPECT_EQ(*store->find_reset("two", now), ann);
  EXPECT_FALSE(*store->find_reset("two", now + seconds(10)));
  ASSERT_TRUE(store->set_password(ann, "h"));
  EXPECT_FALSE(*store->find_reset("two", now)) << "used";
  EXPECT_EQ(store->add_reset("x", UserId{"id-x"}, now).error().code, Code::kUnknownUser);
}

TEST_P(AccountStoreTest, ACodeIsTakenOnceAndItsReplayRevokesTheTokens) {
  grant();
  ASSERT_TRUE(store->add_code({"s", "c", "uri", "challenge", "nonce", "openid"}, "code",
                              now + seconds(60)));
  EXPECT_TRUE(take("code", "family"));
  EXPECT_FALSE(take("code", "family-2"));
  EXPECT_FALSE(rotate("r1", "r2"));
}

TEST_P(AccountStoreTest, ACodeExpires) {
  grant();
  ASSERT_TRUE(store->add_code({"s", "c", "uri", "challenge", "nonce", "openid"}, "code",
                              now + seconds(60)));
  now += seconds(60);
  EXPECT_FALSE(take("code", "family"));
}

TEST_P(AccountStoreTest, AnEndedSignInGrantsNothing) {
  grant();
  ASSERT_TRUE(store->add_code({"s", "c", "uri", "challenge", "nonce", "openid"}, "code",
                              now + seconds(60)));
  ASSERT_TRUE(store->remove_sign_in("s"));
  EXPECT_FALSE(take("code", "f"));
  EXPECT_FALSE(rotate("r1", "r2"));
  EXPECT_EQ(store->add_code({"s", "c", "", "", "", ""}, "k", now).error().code, Code::kForbidden);
  EXPECT_EQ(store->add_refresh_token({"f", "s", "c", ""}, "k").error().code, Code::kForbidden);
}

TEST_P(AccountStoreTest, RotationReplacesTheToken) {
  grant();
  EXPECT_TRUE(rotate("r1", "r2"));
  EXPECT_TRUE(rotate("r2", "r3"));
  EXPECT_FALSE(rotate("r3", "r4", "another client"));
  EXPECT_TRUE(rotate("r3", "r4"));
}

TEST_P(AccountStoreTest, AReusedTokenRevokesItsFamily) {
  grant();
  ASSERT_TRUE(store->add_refresh_token({"other", "s", "c", ""}, "o1"));
  EXPECT_TRUE(rotate("r1", "r2"));
  now += seconds(11);
  EXPECT_FALSE(rotate("r1", "thief"));
  EXPECT_FALSE(rotate("r2", "r3")) << "the family is revoked";
  EXPECT_TRUE(rotate("o1", "o2")) << "another family is not";
}

TEST_P(AccountStoreTest, ALostAnswerMayBeAskedForAgainShortly) {
  grant();
  EXPECT_TRUE(rotate("r1", "lost"));
  now += seconds(10);
  EXPECT_TRUE(rotate("r1", "r2"));
  EXPECT_FALSE(rotate("lost", "x")) << "replaced";
  EXPECT_TRUE(rotate("r2", "r3"));
  EXPECT_FALSE(rotate("r1", "y")) << "its successor was used: stolen";
  EXPECT_FALSE(rotate("r3", "r4"));
}

TEST_P(AccountStoreTest, TheGraceIsNotStretchedByRepeating) {
  grant();
  EXPECT_TRUE(rotate("r1", "a"));
  now += seconds(8);
  EXPECT_TRUE(rotate("r1", "b"));
  now += seconds(8);
  EXPECT_FALSE(rotate("r1", "c"));
}

TEST_P(AccountStoreTest, EverythingIsThereAfterAReopen) {
  grant();
  ASSERT_TRUE(
      store->add_invitation({.code = "i", .expires_at = now + seconds(9), .created_by = "x"}));
  store = nullptr;
  store = open();
  EXPECT_EQ((*store->accounts()).size(), 1U);
  EXPECT_TRUE(is_signed_in("s"));
  EXPECT_TRUE(rotate("r1", "r2"));
  const auto invitation = *store->find_invitation("i", now);
  ASSERT_TRUE(invitation);
  EXPECT_EQ(invitation->expires_at, now + seconds(9));
  EXPECT_EQ(invitation->created_by, "x");
}

}  // namespace
}  // namespace hubbub
