// What each command lets through, and how it refuses the rest.
#include <gtest/gtest.h>

#include "command/change_channels.h"
#include "command/message_text.h"
#include "command/send_message.h"
#include "command/send_private_message.h"
#include "command/update_limits.h"
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

// Four bytes each.
std::string emoji(std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += "\xF0\x9F\x98\x80";
  return text;
}

class CommandsTest : public testing::Test {
 protected:
  std::string say(SendMessage command) {
    return verdict(send_message(member, hub, clock.now(), std::move(command)));
  }
  std::string whisper(SendPrivateMessage command) {
    return verdict(send_private_message(member, hub, clock.now(), std::move(command)));
  }
  std::string say_as(const Caller& caller) {
    return verdict(send_message(caller, hub, clock.now(), {ChannelId{1}, "", "hi", "k"}));
  }
  void restrict(const Restrictions& restrictions) {
    Publication publication;
    publication.restrictions = std::make_shared<const Restrictions>(restrictions);
    hub.on_publication(publication);
  }
  // The rules of the channel `general` from now on.
  void rule(const ChannelRules& rules) {
    auto directory = hub.directory();
    directory.channels.front().rules = rules;
    Publication publication;
    publication.directory = std::make_shared<const Directory>(std::move(directory));
    hub.on_publication(publication);
  }
  std::string create(const std::string& name, const std::string& description = "") {
    return verdict(create_channel(admin, name, description));
  }
  std::string limit(std::int64_t messages, std::int64_t seconds) {
    return verdict(update_limits(admin, {messages, seconds}));
  }

  const Caller member{{UserId{"a"}, "alice"}, Role::kMember};
  const Caller moderator{{UserId{"m"}, "mod"}, Role::kModerator};
  const Caller admin{{UserId{"r"}, "root"}, Role::kAdmin};
  ManualClock clock;
  Metrics metrics;
  Hub hub{std::make_shared<const Directory>(
              Directory{{{ChannelId{1}, LogId{7}, "general", "", true, 1, {}, {"e", 0}}}, {}}),
          {},
          clock,
          metrics};
};

TEST_F(CommandsTest, AMessageHasOneTo4000CodePoints) {
  EXPECT_EQ(verdict(check_message_text("")), "invalid message");
  EXPECT_EQ(verdict(check_message_text(" ")), "accepted");
  EXPECT_EQ(verdict(check_message_text(std::string(4'000, 'x'))), "accepted");
  EXPECT_EQ(verdict(check_message_text(std::string(4'001, 'x'))), "invalid message");
  EXPECT_EQ(verdict(check_message_text(emoji(4'000))), "accepted");
  EXPECT_EQ(verdict(check_message_text(emoji(4'001))), "invalid message");
  EXPECT_EQ(verdict(check_message_text(std::string_view("a\0b", 3))), "invalid message");
}

TEST_F(CommandsTest, AMessageGoesToAChannelByIdOrName) {
  EXPECT_EQ(say({ChannelId{1}, "", "hi", "k"}), "accepted");
  EXPECT_EQ(say({{}, "general", "hi", ""}), "accepted");
  EXPECT_EQ(say({ChannelId{2}, "general", "hi", "k"}), "unknown_channel channel_id");
  EXPECT_EQ(say({{}, "General", "hi", ""}), "unknown_channel channel_id");
  EXPECT_EQ(say({{}, "", "hi", ""}), "unknown_channel channel_id");
  EXPECT_EQ(say({ChannelId{1}, "", "", "k"}), "invalid message");
}

TEST_F(CommandsTest, AMessageIsItsCallers) {
  const auto pending = std::get<PendingMessage>(
      send_message(member, hub, clock.now(), {ChannelId{1}, "", "hi", "k"}).value());
  EXPECT_EQ(pending.channel, ChannelId{1});
  EXPECT_EQ(pending.author, member.user);
  EXPECT_EQ(pending.text, "hi");
  EXPECT_EQ(pending.send_key, "k");
}

TEST_F(CommandsTest, APrivateMessageNeedsARecipientAndAText) {
  EXPECT_EQ(whisper({UserId{"b"}, "hi", "k"}), "accepted");
  EXPECT_EQ(whisper({UserId{}, "hi", "k"}), "invalid recipient_id");
  EXPECT_EQ(whisper({UserId{"b"}, "", "k"}), "invalid message");
}

TEST_F(CommandsTest, OneWhoIsMutedIsToldForHowLong) {
  Restrictions restrictions;
  restrictions.mute(member.user.id, {{}, {clock.now() + 1500us}});
  restrict(restrictions);
  const auto refused = send_message(member, hub, clock.now(), {ChannelId{1}, "", "hi", "k"});
  EXPECT_EQ(verdict(refused), "muted ");
  EXPECT_EQ(refused.error().retry_after_ms, 2);
  EXPECT_EQ(whisper({UserId{"b"}, "hi", "k"}), "muted ");
  clock.advance(1500us);
  EXPECT_EQ(say({ChannelId{1}, "", "hi", "k"}), "accepted");
  EXPECT_EQ(whisper({UserId{"b"}, "hi", "k"}), "accepted");
}

TEST_F(CommandsTest, AMuteWithoutEndSaysNoTime) {
  Restrictions restrictions;
  restrictions.mute(member.user.id, {});
  restrict(restrictions);
  const auto refused = send_message(member, hub, clock.now(), {ChannelId{1}, "", "hi", "k"});
  EXPECT_EQ(verdict(refused), "muted ");
  EXPECT_EQ(refused.error().retry_after_ms, 0);
}

TEST_F(CommandsTest, AMuteInOneChannelIsNoneElsewhere) {
  Restrictions restrictions;
  restrictions.mute(member.user.id, {ChannelId{1}, {}});
  restrict(restrictions);
  EXPECT_EQ(say({ChannelId{1}, "", "hi", "k"}), "muted ");
  EXPECT_EQ(whisper({UserId{"b"}, "hi", "k"}), "accepted");
}

TEST_F(CommandsTest, OnlyStaffWritesWhereOthersRead) {
  rule({.is_read_only = true});
  EXPECT_EQ(say({ChannelId{1}, "", "hi", "k"}), "read_only ");
  EXPECT_EQ(say_as(moderator), "accepted");
  EXPECT_EQ(say_as(admin), "accepted");
}

TEST_F(CommandsTest, AStaffOnlyChannelIsNotThereForMembers) {
  rule({.is_read_only = true, .is_staff_only = true});
  EXPECT_EQ(say({ChannelId{1}, "", "hi", "k"}), "unknown_channel channel_id");
  EXPECT_EQ(say({{}, "general", "hi", ""}), "unknown_channel channel_id");
  EXPECT_EQ(say_as(moderator), "accepted");
}

TEST_F(CommandsTest, APrivateChannelIsThereForAdministratorsAlone) {
  rule({.is_private = true});
  EXPECT_EQ(say({ChannelId{1}, "", "hi", "k"}), "unknown_channel channel_id");
  EXPECT_EQ(say_as(moderator), "unknown_channel channel_id");
  EXPECT_EQ(say_as(admin), "accepted");
}

TEST_F(CommandsTest, SlowModeIsForMembers) {
  const auto slowness = [this](const Caller& caller) {
    const auto pending = send_message(caller, hub, clock.now(), {ChannelId{1}, "", "hi", "k"});
    return std::get<PendingMessage>(pending.value()).slow_mode_seconds;
  };
  rule({.slow_mode_seconds = 30});
  EXPECT_EQ(slowness(member), 30);
  EXPECT_EQ(slowness(moderator), 0);
}

TEST_F(CommandsTest, AChannelNameHasOneTo24CodePoints) {
  EXPECT_EQ(create(""), "invalid name");
  EXPECT_EQ(create(std::string(24, 'x')), "accepted");
  EXPECT_EQ(create(std::string(25, 'x')), "invalid name");
  EXPECT_EQ(create(emoji(24)), "accepted");
  EXPECT_EQ(create(emoji(25)), "invalid name");
}

TEST_F(CommandsTest, AChannelNameIsOneThatPeopleCanRead) {
  EXPECT_EQ(create("two words"), "accepted");
  EXPECT_EQ(create(" general"), "invalid name");
  EXPECT_EQ(create("general "), "invalid name");
  EXPECT_EQ(create("new\nline"), "invalid name");
  EXPECT_EQ(create("del\x7f"), "invalid name");
}

TEST_F(CommandsTest, ADescriptionHasUpTo512CodePoints) {
  EXPECT_EQ(create("a", emoji(512)), "accepted");
  EXPECT_EQ(create("a", emoji(513)), "invalid description");
  EXPECT_EQ(create("a", std::string("a\0b", 3)), "invalid description");
  EXPECT_EQ(create("a", "two\nlines"), "accepted");
}

TEST_F(CommandsTest, AChangeChecksOnlyWhatItChanges) {
  EXPECT_EQ(verdict(update_channel(admin, ChannelId{1}, {}, {})), "accepted");
  EXPECT_EQ(verdict(update_channel(admin, ChannelId{1}, "", {})), "invalid name");
  EXPECT_EQ(verdict(update_channel(admin, ChannelId{1}, {}, emoji(513))), "invalid description");
}

TEST_F(CommandsTest, LimitsHaveLimits) {
  EXPECT_EQ(limit(1, 1), "accepted");
  EXPECT_EQ(limit(1'000'000, 86'400), "accepted");
  EXPECT_EQ(limit(0, 1), "invalid message_limit");
  EXPECT_EQ(limit(1'000'001, 1), "invalid message_limit");
  EXPECT_EQ(limit(1, 0), "invalid window_seconds");
  EXPECT_EQ(limit(1, 86'401), "invalid window_seconds");
}

TEST_F(CommandsTest, ChangesAreForAdministratorsAndSaidFirst) {
  EXPECT_EQ(verdict(create_channel(member, "", {})), "forbidden ");
  EXPECT_EQ(verdict(update_channel(member, ChannelId{1}, "", {})), "forbidden ");
  EXPECT_EQ(verdict(reorder_channel(member, ChannelId{1}, ChannelId{2})), "forbidden ");
  EXPECT_EQ(verdict(delete_channel(member, ChannelId{1}, true)), "forbidden ");
  EXPECT_EQ(verdict(update_limits(member, {0, 0})), "forbidden ");
}

TEST_F(CommandsTest, AChangeCarriesItsWholeOrder) {
  const auto removal = std::get<DeleteChannel>(delete_channel(admin, ChannelId{3}, true).value());
  EXPECT_EQ(removal.id, ChannelId{3});
  EXPECT_TRUE(removal.purge);
  EXPECT_EQ(removal.by, admin.user);
  const auto move =
      std::get<ReorderChannel>(reorder_channel(admin, ChannelId{3}, ChannelId{1}).value());
  EXPECT_EQ(move.id, ChannelId{3});
  EXPECT_EQ(move.before, ChannelId{1});
}

}  // namespace
}  // namespace hubbub
