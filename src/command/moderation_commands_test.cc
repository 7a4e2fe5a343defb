// Who may keep order, and what of it: bans, mutes, removal, rules, accounts.
#include <gtest/gtest.h>

#include "command/account_changes.h"
#include "command/ban_user.h"
#include "command/change_channels.h"
#include "command/mute_user.h"
#include "command/remove_messages.h"
#include "wire/error_table.h"

namespace hubbub {
namespace {

using namespace std::chrono_literals;

// "<code> <field>", or "accepted".
template <class T>
std::string verdict(const Result<T>& result) {
  if (result) return "accepted";
  return std::string(error_row(result.error().code).name) + " " + result.error().field;
}

class ModerationCommandsTest : public testing::Test {
 protected:
  // 1: everyone sees it, 2: staff, 3: administrators.
  static Directory channels() {
    Directory directory;
    for (std::int64_t id = 1; id <= 3; ++id) {
      auto& channel = directory.channels.emplace_back();
      channel.id = ChannelId{id};
      channel.log = LogId{id};
      channel.rules.is_staff_only = id == 2;
      channel.rules.is_private = id == 3;
    }
    return directory;
  }
  std::string ban(std::optional<std::int64_t> hours, const std::string& reason = "") {
    return verdict(ban_user(moderator, {UserId{"b"}, reason, hours}));
  }
  std::string mute(std::optional<std::int64_t> minutes, std::optional<ChannelId> channel = {}) {
    return verdict(mute_user(moderator, hub, {UserId{"b"}, channel, "", minutes}));
  }
  std::string slow(std::int64_t seconds) {
    return verdict(update_channel(admin, ChannelId{1}, {}, {}, {.slow_mode_seconds = seconds}));
  }

  const Caller member{{UserId{"a"}, "alice"}, Role::kMember};
  const Caller moderator{{UserId{"m"}, "mod"}, Role::kModerator, "192.0.2.1"};
  const Caller admin{{UserId{"r"}, "root"}, Role::kAdmin, "192.0.2.2"};
  ManualClock clock;
  Metrics metrics;
  Hub hub{std::make_shared<const Directory>(channels()), {}, clock, metrics};
};

TEST_F(ModerationCommandsTest, MembersKeepNoOrderAndLearnNothingElse) {
  EXPECT_EQ(verdict(ban_user(member, {})), "forbidden ");
  EXPECT_EQ(verdict(pardon_ban(member, 1)), "forbidden ");
  EXPECT_EQ(verdict(mute_user(member, hub, {})), "forbidden ");
  EXPECT_EQ(verdict(unmute_user(member, 1)), "forbidden ");
  EXPECT_EQ(verdict(remove_messages(member, {})), "forbidden ");
}

TEST_F(ModerationCommandsTest, ChannelsAndAccountsAreForAdministrators) {
  EXPECT_EQ(verdict(restore_channel(moderator, ChannelId{1})), "forbidden ");
  EXPECT_EQ(verdict(update_channel(moderator, ChannelId{1}, {}, {}, {.is_read_only = true})),
            "forbidden ");
  EXPECT_EQ(verdict(check_account_change(moderator, UserId{"b"})), "forbidden ");
  EXPECT_EQ(verdict(check_invitation(moderator, 0, 0)), "forbidden ");
}

TEST_F(ModerationCommandsTest, ABanLastsUpToAHundredYearsOrForGood) {
  EXPECT_EQ(ban({}), "accepted");
  EXPECT_EQ(ban(1), "accepted");
  EXPECT_EQ(ban(876'000), "accepted");
  EXPECT_EQ(ban(0), "invalid duration");
  EXPECT_EQ(ban(-1), "invalid duration");
  EXPECT_EQ(ban(876'001), "invalid duration");
  EXPECT_EQ(verdict(ban_user(moderator, {})), "invalid banished_id");
}

TEST_F(ModerationCommandsTest, AReasonHasUpTo256CodePoints) {
  EXPECT_EQ(ban({}, std::string(256, 'x')), "accepted");
  EXPECT_EQ(ban({}, std::string(257, 'x')), "invalid reason");
  EXPECT_EQ(ban({}, std::string("a\0b", 3)), "invalid reason");
  const MuteRequest mute{UserId{"b"}, {}, std::string(257, 'x'), {}};
  EXPECT_EQ(verdict(mute_user(moderator, hub, mute)), "invalid reason");
}

TEST_F(ModerationCommandsTest, AnIdIsOneThatATokenCouldHave) {
  const UserId longest{std::string(255, 'x')};
  const UserId too_long{std::string(256, 'x')};
  const UserId with_zero{std::string("a\0b", 3)};
  EXPECT_EQ(verdict(ban_user(moderator, {longest, "", {}})), "accepted");
  EXPECT_EQ(verdict(ban_user(moderator, {too_long, "", {}})), "invalid banished_id");
  EXPECT_EQ(verdict(ban_user(moderator, {with_zero, "", {}})), "invalid banished_id");
  EXPECT_EQ(verdict(mute_user(moderator, hub, {too_long, {}, "", {}})), "invalid user_id");
  EXPECT_EQ(verdict(check_account_change(admin, too_long)), "invalid id");
}

TEST_F(ModerationCommandsTest, ABanSaysWhoDidItFromWhereAndForHowLong) {
  const auto ban = std::get<BanUser>(ban_user(moderator, {UserId{"b"}, "spam", 30}).value());
  EXPECT_EQ(ban.user, UserId{"b"});
  EXPECT_EQ(ban.reason, "spam");
  EXPECT_EQ(ban.duration, 30h);
  EXPECT_EQ(ban.by.user, moderator.user);
  EXPECT_EQ(ban.by.address, "192.0.2.1");
  EXPECT_EQ(ban.by_role, Role::kModerator);
  const auto pardon = std::get<PardonBan>(pardon_ban(admin, 25).value());
  EXPECT_EQ(pardon.ban, 25);
  EXPECT_EQ(pardon.by, Actor(admin.user, "192.0.2.2"));
}

TEST_F(ModerationCommandsTest, AMuteLastsUpToAYearInOneChannelOrEverywhere) {
  EXPECT_EQ(mute({}), "accepted");
  EXPECT_EQ(mute(525'600, ChannelId{1}), "accepted");
  EXPECT_EQ(mute(0), "invalid duration_minutes");
  EXPECT_EQ(mute(525'601), "invalid duration_minutes");
  EXPECT_EQ(mute(1, ChannelId{0}), "unknown_channel channel_id");
  EXPECT_EQ(mute(1, ChannelId{4}), "unknown_channel channel_id");
  EXPECT_EQ(mute(1, ChannelId{3}), "unknown_channel channel_id") << "a private one";
  EXPECT_EQ(verdict(mute_user(admin, hub, {UserId{"b"}, ChannelId{3}, "", {}})), "accepted");
  EXPECT_EQ(verdict(mute_user(moderator, hub, {})), "invalid user_id");
  const auto request = MuteRequest{UserId{"b"}, ChannelId{2}, "loud", 10};
  const auto mute = std::get<MuteUser>(mute_user(moderator, hub, request).value());
  EXPECT_EQ(mute.channel, ChannelId{2});
  EXPECT_EQ(mute.reason, "loud");
  EXPECT_EQ(mute.duration, 10min);
  EXPECT_EQ(mute.by_role, Role::kModerator);
  EXPECT_EQ(std::get<UnmuteUser>(unmute_user(moderator, 3).value()).mute, 3);
}

TEST_F(ModerationCommandsTest, OneTo500MessagesAreRemovedAtOnce) {
  EXPECT_EQ(verdict(remove_messages(moderator, {})), "invalid ids");
  EXPECT_EQ(verdict(remove_messages(moderator, std::vector<MessageId>(500))), "accepted");
  EXPECT_EQ(verdict(remove_messages(moderator, std::vector<MessageId>(501))), "invalid ids");
  const auto removal = remove_messages(moderator, {MessageId{1}}).value();
  EXPECT_EQ(std::get<RemoveMessages>(removal).by_role, Role::kModerator);
}

TEST_F(ModerationCommandsTest, SlowModeIsSixHoursAtMost) {
  EXPECT_EQ(slow(0), "accepted");
  EXPECT_EQ(slow(21'600), "accepted");
  EXPECT_EQ(slow(-1), "invalid slow_mode_seconds");
  EXPECT_EQ(slow(21'601), "invalid slow_mode_seconds");
  const auto change = std::get<UpdateChannel>(
      update_channel(admin, ChannelId{1}, {}, {}, {.is_staff_only = false}).value());
  EXPECT_EQ(change.rules.is_staff_only, false);
  EXPECT_FALSE(change.rules.is_read_only);
  EXPECT_FALSE(change.rules.slow_mode_seconds);
}

TEST_F(ModerationCommandsTest, NobodyChangesTheirOwnAccount) {
  EXPECT_EQ(verdict(check_account_change(admin, UserId{"b"})), "accepted");
  EXPECT_EQ(verdict(check_account_change(admin, UserId{"r"})), "conflict id");
  EXPECT_EQ(verdict(check_account_change(admin, UserId{})), "invalid id");
}

TEST_F(ModerationCommandsTest, AnInvitationHasBounds) {
  EXPECT_EQ(verdict(check_invitation(admin, 1, 1)), "accepted");
  EXPECT_EQ(verdict(check_invitation(admin, 10'000, 366)), "accepted");
  EXPECT_EQ(verdict(check_invitation(admin, 0, 1)), "invalid uses");
  EXPECT_EQ(verdict(check_invitation(admin, 10'001, 1)), "invalid uses");
  EXPECT_EQ(verdict(check_invitation(admin, 1, 367)), "invalid days");
}

TEST_F(ModerationCommandsTest, AnAccountsChangeIsRecordedWithBeforeAndAfter) {
  const Account bob{.id = UserId{"b"}, .username = "bob"};
  const auto assigned = role_assigned(admin, bob, Role::kMember, Role::kModerator);
  EXPECT_EQ(assigned.action, "account.role");
  EXPECT_EQ(assigned.target, "bob");
  EXPECT_EQ(assigned.before, R"({"role":"member"})");
  EXPECT_EQ(assigned.after, R"({"role":"moderator"})");
  EXPECT_EQ(assigned.role, Role::kModerator);
  EXPECT_FALSE(assigned.is_disabled);
  const auto disabled = account_disabled(admin, bob);
  EXPECT_EQ(disabled.after, R"({"disabled":true})");
  EXPECT_EQ(disabled.role, Role::kMember);
  EXPECT_TRUE(disabled.is_disabled);
  const auto enabled = account_enabled(admin, bob, Role::kAdmin);
  EXPECT_EQ(enabled.role, Role::kAdmin);
  EXPECT_FALSE(enabled.is_disabled);
}

TEST_F(ModerationCommandsTest, AnInvitationIsRecordedWithoutItsSecret) {
  const Invitation invitation{.code = "abcdefghijklmnopqrstuv", .uses_left = 5};
  const auto made = invitation_made(admin, invitation);
  EXPECT_EQ(made.action, "account.invite");
  EXPECT_EQ(made.target, "abcdef…");
  EXPECT_EQ(made.after, R"({"uses_left":5})");
  EXPECT_TRUE(made.user.empty());
  EXPECT_FALSE(made.role);
  EXPECT_EQ(invitation_revoked(admin, invitation).before, R"({"uses_left":5})");
}

}  // namespace
}  // namespace hubbub
