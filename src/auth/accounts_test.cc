#include "auth/accounts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "auth/username.h"
#include "store/temporary_folder.h"

namespace hubbub {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

const std::string kPassword = "correct horse";

class AccountsTest : public testing::Test {
 protected:
  static std::unique_ptr<AccountStore> open(const std::string& folder) {
    auto opened = open_accounts("sqlite:" + folder + "/hubbub.db");
    EXPECT_TRUE(opened) << opened.error().detail;
    return std::move(*opened);
  }
  std::unique_ptr<Accounts> make(SignUp sign_up) {
    return std::make_unique<Accounts>(
        *store,
        AccountSettings{
            .public_url = "https://chat.example", .sign_up = sign_up, .password_cost = {1, 8192}},
        clock);
  }
  void with_ann() { ASSERT_TRUE(make(SignUp::kOpen)->sign_up("ann", kPassword, "", "10.0.0.9")); }

  std::string sign_in(const std::string& name, const std::string& password,
                      const std::string& address = "10.0.0.1") {
    const auto result = accounts->sign_in(name, password, address);
    return result ? "in" : result.error().detail;
  }
  std::string sign_up(const std::string& name, const std::string& password = kPassword,
                      const std::string& code = "", const std::string& address = "10.0.0.1") {
    const auto result = accounts->sign_up(name, password, code, address);
    return result ? "in" : result.error().detail;
  }
  static std::string code_in(const std::string& link) { return link.substr(link.find('=') + 1); }

  TemporaryFolder folder;
  ManualClock clock;
  std::unique_ptr<AccountStore> store = open(folder.path());
  std::unique_ptr<Accounts> accounts = make(SignUp::kInvite);
};

TEST_F(AccountsTest, TheSetupLinkMakesTheFirstAccountAnAdministrator) {
  const auto link = accounts->setup_link();
  ASSERT_TRUE(link);
  EXPECT_THAT(*link, StartsWith("https://chat.example/setup?code="));
  EXPECT_EQ(make(SignUp::kInvite)->setup_link(), link) << "the same after a restart";
  const auto first = accounts->sign_up("Ann", kPassword, code_in(*link), "");
  ASSERT_TRUE(first) << first.error().detail;
  EXPECT_THAT((*store->find_account_named("ann"))->roles, ElementsAre("admin"));
  EXPECT_FALSE(accounts->setup_link());
  EXPECT_EQ(sign_up("bob", kPassword, code_in(*link)),
            "This invitation is not valid, or was used already.");
}

TEST_F(AccountsTest, AMemberWhoComesFirstDoesNotLockTheOperatorOut) {
  const auto link = accounts->setup_link();
  EXPECT_EQ(sign_up("bob", kPassword, code_in(*accounts->invitation_link())), "in");
  EXPECT_EQ(accounts->setup_link(), link);
  EXPECT_EQ(sign_up("ann", kPassword, code_in(*link)), "in");
  EXPECT_THAT((*store->find_account_named("ann"))->roles, ElementsAre("admin"));
}

TEST_F(AccountsTest, TheInvitationLinkStaysUntilUsed) {
  const auto link = accounts->invitation_link();
  ASSERT_TRUE(link);
  EXPECT_EQ(accounts->invitation_link(), link);
  EXPECT_EQ(sign_up("bob", kPassword, code_in(*link)), "in");
  EXPECT_TRUE((*store->find_account_named("bob"))->roles.empty());
  EXPECT_NE(accounts->invitation_link(), link);
}

TEST_F(AccountsTest, SignUpIsAsOpenAsTheSettingSays) {
  EXPECT_EQ(sign_up("ann"), "You need an invitation code.");
  EXPECT_EQ(sign_up("ann", kPassword, "made-up"),
            "This invitation is not valid, or was used already.");
  accounts = make(SignUp::kClosed);
  EXPECT_EQ(sign_up("ann"), "New accounts are not being made here.");
  EXPECT_EQ(sign_up("ann", kPassword, code_in(*accounts->invite(1, 1h, "root"))), "in");
  accounts = make(SignUp::kOpen);
  EXPECT_EQ(sign_up("bob"), "in");
  EXPECT_EQ(sign_up("BOB"), "This name is taken.");
  EXPECT_EQ(sign_up("eve", kPassword, "used long ago"), "in") << "none was needed";
}

TEST_F(AccountsTest, NamesAreWhatPeopleCanTellApart) {
  for (const char* good :
       {"al", "Ann", "a.b", "a_b-c", "007", "abcdefghijklmnopqrstuvwxyz012345"}) {
    EXPECT_TRUE(check_username(good)) << good;
  }
  for (const char* bad :
       {"", "a", " ann", "ann ", "a b", "a\tb", ".ann", "ann-", "j\xc3\xb6rg", "\xd0\xb0nn",
        "a\xe2\x80\x8b"
        "b",
        "ann\n", "a/b", "<b>", "server", "SERVER", "abcdefghijklmnopqrstuvwxyz0123456"}) {
    EXPECT_EQ(check_username(bad).error().field, "username") << bad;
  }
}

TEST_F(AccountsTest, PasswordsMustNotBeTooEasy) {
  EXPECT_TRUE(check_new_password("longer than eight", "ann"));
  EXPECT_TRUE(check_new_password("äöüßäöüß", "ann"));
  for (const std::string& bad :
       {std::string(), std::string("1234567"), std::string("äöü"), std::string("PASSWORD"),
        std::string("12345678"), std::string(1025, 'x'), std::string("annika-the-first")}) {
    EXPECT_EQ(check_new_password(bad, "annika-the-first").error().field, "password") << bad;
  }
}

TEST_F(AccountsTest, SigningInTellsNothingAboutWhoExists) {
  with_ann();
  ASSERT_TRUE(accounts->add("nopassword"));
  EXPECT_EQ(sign_in("ann", kPassword), "in");
  EXPECT_EQ(sign_in("ANN", kPassword), "in");
  const std::string wrong = "The name or the password is wrong.";
  EXPECT_EQ(sign_in("ann", "wrong horse"), wrong);
  EXPECT_EQ(sign_in("bob", kPassword), wrong);
  EXPECT_EQ(sign_in("nopassword", ""), wrong);
  EXPECT_EQ(sign_in("", kPassword), wrong);
  ASSERT_TRUE(accounts->set_disabled("ann", true));
  EXPECT_EQ(sign_in("ann", kPassword), wrong);
}

TEST_F(AccountsTest, GuessingAtOneAccountMustWait) {
  with_ann();
  for (int i = 0; i < 10; ++i) {
    EXPECT_THAT(sign_in("Ann", "guess", "10.0.0." + std::to_string(i)), HasSubstr("wrong"));
  }
  const auto refused = accounts->sign_in("ann", kPassword, "10.9.9.9");
  EXPECT_EQ(refused.error().code, Code::kRateLimited);
  EXPECT_EQ(refused.error().retry_after_ms, 15 * 60 * 1000);
  EXPECT_EQ(refused.error().detail, "Too many attempts. Please try again in 15 minutes.");
  EXPECT_THAT(sign_in("bob", "guess", "10.9.9.9"), HasSubstr("wrong")) << "others are not held up";
  clock.advance(15min);
  EXPECT_EQ(sign_in("ann", kPassword), "in");
}

TEST_F(AccountsTest, GuessingFromOneAddressMustWait) {
  with_ann();
  for (int i = 0; i < 30; ++i) {
    EXPECT_THAT(sign_in("user" + std::to_string(i), "guess", "2001:db8:1:1::" + std::to_string(i)),
                HasSubstr("wrong"));
  }
  EXPECT_THAT(sign_in("ann", kPassword, "2001:db8:1:1:ffff::1"), HasSubstr("Too many"));
  EXPECT_EQ(sign_in("ann", kPassword, "2001:db8:1:2::1"), "in") << "another network";
}

TEST_F(AccountsTest, SigningInRightIsNotCounted) {
  with_ann();
  for (int i = 0; i < 100; ++i) ASSERT_EQ(sign_in("ann", kPassword), "in") << i;
  for (int i = 0; i < 9; ++i) EXPECT_THAT(sign_in("ann", "typo"), HasSubstr("wrong"));
  EXPECT_EQ(sign_in("ann", kPassword), "in");
  for (int i = 0; i < 9; ++i) EXPECT_THAT(sign_in("ann", "typo"), HasSubstr("wrong"));
}

TEST_F(AccountsTest, ACookieFindsItsSignInUntilItEnds) {
  with_ann();
  const auto first = accounts->sign_in("ann", kPassword, "");
  const auto second = accounts->sign_in("ann", kPassword, "");
  EXPECT_EQ((*accounts->find(first->cookie))->account.username, "ann");
  EXPECT_FALSE(*accounts->find(""));
  EXPECT_FALSE(*accounts->find(first->cookie + "x"));
  ASSERT_TRUE(accounts->sign_out(first->sign_in.id));
  EXPECT_FALSE(*accounts->find(first->cookie));
  EXPECT_TRUE(*accounts->find(second->cookie));
  ASSERT_TRUE(accounts->sign_out_everywhere(second->account.id));
  EXPECT_FALSE(*accounts->find(second->cookie));
  const auto third = accounts->sign_in("ann", kPassword, "");
  clock.advance(24h * 30);
  EXPECT_FALSE(*accounts->find(third->cookie));
}

TEST_F(AccountsTest, ANewPasswordEndsTheOtherSignIns) {
  with_ann();
  const auto other = accounts->sign_in("ann", kPassword, "");
  const auto& id = other->account.id;
  const auto wrong = accounts->change_password(id, "not it", "another horse", "");
  EXPECT_EQ(wrong.error().field, "current");
  EXPECT_TRUE(*accounts->find(other->cookie));
  const auto changed = accounts->change_password(id, kPassword, "another horse", "");
  ASSERT_TRUE(changed);
  EXPECT_FALSE(*accounts->find(other->cookie));
  EXPECT_TRUE(*accounts->find(changed->cookie));
  EXPECT_THAT(sign_in("ann", kPassword), HasSubstr("wrong"));
  EXPECT_EQ(sign_in("ann", "another horse"), "in");
}

TEST_F(AccountsTest, AResetLinkWorksOnceAndForADay) {
  const auto link = accounts->add("ann");
  ASSERT_TRUE(link);
  EXPECT_THAT(*link, StartsWith("https://chat.example/reset?code="));
  EXPECT_EQ((*accounts->find_reset(code_in(*link)))->username, "ann");
  ASSERT_TRUE(accounts->reset_password(code_in(*link), kPassword, ""));
  EXPECT_EQ(sign_in("ann", kPassword), "in");
  EXPECT_EQ(accounts->reset_password(code_in(*link), kPassword, "").error().code, Code::kForbidden);
  const auto late = accounts->reset_link("ann");
  clock.advance(24h);
  EXPECT_EQ(accounts->reset_password(code_in(*late), kPassword, "").error().code, Code::kForbidden);
  EXPECT_EQ(accounts->reset_link("bob").error().code, Code::kUnknownUser);
}

TEST_F(AccountsTest, AResetFreesWhoIsHeldUp) {
  with_ann();
  for (int i = 0; i < 10; ++i) (void)sign_in("ann", "guess");
  EXPECT_THAT(sign_in("ann", kPassword), HasSubstr("Too many"));
  ASSERT_TRUE(accounts->reset_password(code_in(*accounts->reset_link("ann")), "another horse", ""));
  EXPECT_EQ(sign_in("ann", "another horse"), "in");
}

TEST_F(AccountsTest, AnAdministratorAssignsOneRoleOfThree) {
  with_ann();
  const auto ann = (*store->find_account_named("ann"))->id;
  ASSERT_TRUE(store->set_role(ann, "admin", true));
  ASSERT_TRUE(make(SignUp::kOpen)->sign_up("bob", kPassword, "", "10.0.0.9"));
  const auto bob = (*store->find_account_named("bob"))->id;
  ASSERT_TRUE(store->set_role(bob, "gardener", true));
  EXPECT_EQ(accounts->role_of(*accounts->assign_role(bob, Role::kModerator)), Role::kMember);
  EXPECT_EQ(accounts->role_of(*accounts->assign_role(bob, Role::kAdmin)), Role::kModerator);
  EXPECT_THAT((*store->find_account(bob))->roles, ElementsAre("admin", "gardener"));
  EXPECT_EQ(accounts->role_of(*accounts->assign_role(bob, Role::kMember)), Role::kAdmin);
  EXPECT_THAT((*store->find_account(bob))->roles, ElementsAre("gardener"));
  EXPECT_EQ(accounts->assign_role(ann, Role::kMember).error().code, Code::kConflict);
  EXPECT_EQ(accounts->set_disabled(ann, true).error().code, Code::kConflict);
}

TEST_F(AccountsTest, AnInvitationIsMadeListedAndRevoked) {
  const auto made = accounts->make_invitation(3, 48h, "ann");
  ASSERT_TRUE(made);
  EXPECT_EQ(accounts->link_of(*made), "https://chat.example/join?code=" + made->code);
  const auto listed = accounts->invitations();
  ASSERT_EQ(listed->size(), 1U);
  EXPECT_EQ(listed->front().code, made->code);
  EXPECT_EQ(listed->front().uses_left, 3);
  EXPECT_EQ(listed->front().expires_at, clock.now() + 48h);
  EXPECT_EQ(accounts->revoke_invitation(made->code)->created_by, "ann");
  EXPECT_EQ(accounts->revoke_invitation(made->code).error().code, Code::kNotFound);
  EXPECT_TRUE(accounts->invitations()->empty());
}

TEST_F(AccountsTest, AHashOfAnotherCostIsReplaced) {
  with_ann();
  const auto before = (*store->find_account_named("ann"))->password_hash;
  accounts =
      std::make_unique<Accounts>(*store, AccountSettings{.password_cost = {2, 16384}}, clock);
  const auto signed_in = accounts->sign_in("ann", kPassword, "");
  ASSERT_TRUE(signed_in);
  EXPECT_NE((*store->find_account_named("ann"))->password_hash, before);
  EXPECT_TRUE(*accounts->find(signed_in->cookie));
  EXPECT_EQ(sign_in("ann", kPassword), "in");
}

}  // namespace
}  // namespace hubbub
