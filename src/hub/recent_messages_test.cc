// Who is greeted with which of the newest messages.
#include "hub/recent_messages.h"

#include <gtest/gtest.h>

#include <string>

namespace hubbub {
namespace {

constexpr LogId kGeneral{1};
constexpr LogId kOffice{2};  // staff-only to begin with
constexpr LogId kBoard{3};

Entry message(std::int64_t id, LogId log) {
  Entry entry;
  entry.log = log;
  entry.message_id = MessageId{id};
  entry.text = std::to_string(id);
  return entry;
}

class RecentMessagesTest : public testing::Test {
 protected:
  // The texts of the greeting, oldest first: "1 2 3".
  std::string shown_to(Role role) {
    const auto& frame = recent.frame(role);
    if (!frame) return "";
    std::string texts;
    const auto payload = frame->payload();
    const std::string_view before = "\"message\":\"";
    for (auto at = payload.find(before); at != payload.npos; at = payload.find(before, at)) {
      at += before.size();
      if (!texts.empty()) texts += ' ';
      texts += payload.substr(at, payload.find('"', at) - at);
    }
    return texts;
  }
  std::string shown_to_members() { return shown_to(Role::kMember); }
  std::string shown_to_staff() { return shown_to(Role::kModerator); }

  RecentMessages recent{
      {message(1, kGeneral), message(2, kOffice)}, 3, {{kOffice, Role::kModerator}}};
};

TEST_F(RecentMessagesTest, MembersAreNotShownWhatIsForStaff) {
  EXPECT_EQ(shown_to_members(), "1");
  EXPECT_EQ(shown_to_staff(), "1 2");
  recent.add(message(3, kOffice));
  EXPECT_EQ(shown_to_members(), "1");
  EXPECT_EQ(shown_to_staff(), "1 2 3");
}

TEST_F(RecentMessagesTest, TheNewestAreKeptAndStaffDoesNotCrowdOutTheRest) {
  for (const auto id : {3, 4, 5, 6}) recent.add(message(id, kOffice));
  EXPECT_EQ(shown_to_members(), "1");
  EXPECT_EQ(shown_to_staff(), "4 5 6");
  for (const auto id : {7, 8, 9}) recent.add(message(id, kGeneral));
  EXPECT_EQ(shown_to_members(), "7 8 9");
  EXPECT_EQ(shown_to_staff(), "7 8 9");
}

TEST_F(RecentMessagesTest, AChannelThatOpensIsShownInItsPlace) {
  recent.add(message(3, kGeneral));
  recent.set_audience(kOffice, Role::kMember);
  EXPECT_EQ(shown_to_members(), "1 2 3");
  recent.add(message(4, kOffice));
  EXPECT_EQ(shown_to_members(), "2 3 4");
}

TEST_F(RecentMessagesTest, AChannelThatClosesIsShownToStaffAlone) {
  recent.set_audience(kGeneral, Role::kModerator);
  EXPECT_EQ(shown_to_members(), "");
  EXPECT_EQ(shown_to_staff(), "1 2");
  recent.add(message(3, kGeneral));
  EXPECT_EQ(shown_to_members(), "");
}

TEST_F(RecentMessagesTest, EachRoleIsShownWhatItSeesAndTheNewestOfThat) {
  recent.set_audience(kBoard, Role::kAdmin);
  recent.add(message(3, kBoard));
  EXPECT_EQ(shown_to_members(), "1");
  EXPECT_EQ(shown_to_staff(), "1 2");
  EXPECT_EQ(shown_to(Role::kAdmin), "1 2 3");
  for (const auto id : {4, 5, 6}) recent.add(message(id, kBoard));
  EXPECT_EQ(shown_to_staff(), "1 2");
  EXPECT_EQ(shown_to(Role::kAdmin), "4 5 6");
  recent.set_audience(kBoard, Role::kModerator);
  EXPECT_EQ(shown_to_staff(), "4 5 6");
  recent.set_audience(kOffice, Role::kAdmin);
  recent.add(message(7, kOffice));
  EXPECT_EQ(shown_to_staff(), "4 5 6");
  EXPECT_EQ(shown_to(Role::kAdmin), "5 6 7");
  recent.remove(MessageId{7});
  EXPECT_EQ(shown_to(Role::kAdmin), "4 5 6");
  recent.forget(kBoard);
  EXPECT_EQ(shown_to(Role::kAdmin), "1");
}

TEST_F(RecentMessagesTest, ARemovedMessageIsGone) {
  EXPECT_EQ(shown_to_staff(), "1 2");
  recent.remove(MessageId{2});
  EXPECT_EQ(shown_to_staff(), "1");
  recent.remove(MessageId{1});
  EXPECT_EQ(shown_to_members(), "");
}

TEST_F(RecentMessagesTest, AnEndedLogIsForgotten) {
  recent.forget(kOffice);
  EXPECT_EQ(shown_to_staff(), "1");
}

}  // namespace
}  // namespace hubbub
