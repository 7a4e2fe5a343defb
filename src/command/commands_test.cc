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
    return verdict(send_message(member, hub, std::move(command)));
  }
  std::string create(const std::string& name, const std::string& description = "") {
    return verdict(create_channel(admin, name, description));
  }
  std::string limit(std::int64_t messages, std::int64_t seconds) {
    return verdict(update_limits(admin, {messages, seconds}));
  }

  const Caller member{{UserId{"a"}, "alice"}, Role::kMember};
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
  const auto pending =
      std::get<PendingMessage>(send_message(member, hub, {ChannelId{1}, "", "hi", "k"}).value());
  EXPECT_EQ(pending.channel, ChannelId{1});
  EXPECT_EQ(pending.author, member.user);
  EXPECT_EQ(pending.text, "hi");
  EXPECT_EQ(pending.send_key, "k");
}

TEST_F(CommandsTest, APrivateMessageNeedsARecipientAndAText) {
  EXPECT_EQ(verdict(send_private_message(member, {UserId{"b"}, "hi", "k"})), "accepted");
  EXPECT_EQ(verdict(send_private_message(member, {UserId{}, "hi", "k"})), "invalid recipient_id");
  EXPECT_EQ(verdict(send_private_message(member, {UserId{"b"}, "", "k"})), "invalid message");
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
