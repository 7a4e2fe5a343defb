#include "command/command_table.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <map>

namespace hubbub {
namespace {

bool may(Role role, Verb verb) { return bool(check_role({{}, role}, verb)); }

TEST(CommandTableTest, HasARowForEachVerbInItsOrder) {
  const auto rows = command_table();
  ASSERT_EQ(rows.size(), static_cast<std::size_t>(Verb::kReadMetrics) + 1);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    EXPECT_EQ(rows[i].verb, static_cast<Verb>(i)) << rows[i].name;
  }
}

// Written down a second time on purpose: who may do what does not change by the way.
TEST(CommandTableTest, GivesEachVerbItsLeastRole) {
  const std::map<Verb, Role> least = {
      {Verb::kSendMessage, Role::kMember},       {Verb::kSendPrivateMessage, Role::kMember},
      {Verb::kSubscribe, Role::kMember},         {Verb::kReadHistory, Role::kMember},
      {Verb::kRefreshToken, Role::kMember},      {Verb::kListChannels, Role::kMember},
      {Verb::kCreateChannel, Role::kAdmin},      {Verb::kUpdateChannel, Role::kAdmin},
      {Verb::kDeleteChannel, Role::kAdmin},      {Verb::kSearchMessages, Role::kMember},
      {Verb::kReadLimits, Role::kMember},        {Verb::kUpdateLimits, Role::kAdmin},
      {Verb::kRemoveMessages, Role::kModerator}, {Verb::kReadArchivedChannels, Role::kAdmin},
      {Verb::kRestoreChannel, Role::kAdmin},     {Verb::kReadPeople, Role::kModerator},
      {Verb::kReadBans, Role::kModerator},       {Verb::kBanUser, Role::kModerator},
      {Verb::kPardonBan, Role::kModerator},      {Verb::kMuteUser, Role::kModerator},
      {Verb::kUnmuteUser, Role::kModerator},     {Verb::kReadActivity, Role::kModerator},
      {Verb::kReadAuditLog, Role::kAdmin},       {Verb::kReadInvitations, Role::kAdmin},
      {Verb::kChangeAccounts, Role::kAdmin},     {Verb::kReadMetrics, Role::kAdmin}};
  for (const auto& row : command_table()) {
    ASSERT_TRUE(least.contains(row.verb)) << row.name;
    EXPECT_EQ(row.least_role, least.at(row.verb)) << row.name;
  }
}

// REQUIRES: run in the repository, as ctest does.
TEST(CommandTableTest, IsWhatThePageOfRolesPrints) {
  std::ifstream file("docs/roles.md");
  ASSERT_TRUE(file);
  const std::string page(std::istreambuf_iterator<char>(file), {});
  for (const auto& row : command_table()) {
    const auto line =
        "\n| " + std::string(row.name) + " | " + std::string(role_name(row.least_role)) + " | ";
    EXPECT_NE(page.find(line), std::string::npos) << line;
  }
}

TEST(CommandTableTest, AllowsFromTheLeastRoleUp) {
  for (const auto& row : command_table()) {
    for (const auto role : {Role::kMember, Role::kModerator, Role::kAdmin}) {
      EXPECT_EQ(may(role, row.verb), role >= row.least_role) << row.name << role_name(role);
    }
  }
  EXPECT_EQ(check_role({{}, Role::kModerator}, Verb::kUpdateLimits).error().code, Code::kForbidden);
}

}  // namespace
}  // namespace hubbub
