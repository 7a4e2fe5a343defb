#include "state/valkey/recent_list.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "state/valkey/mirrored_entry.h"

namespace hubbub::valkey {
namespace {

using testing::ElementsAre;

constexpr ChannelId kGeneral{1};
constexpr ChannelId kStaff{2};

Entry message(std::int64_t id, ChannelId channel = kGeneral) {
  Entry entry;
  entry.message_id = MessageId{id};
  entry.channel = channel;
  entry.channel_name = "general";
  entry.author = {UserId{"a"}, "alice"};
  entry.text = "text " + std::to_string(id);
  entry.authored_at = ManualClock().now();
  return entry;
}

Entry removal(std::int64_t id) {
  auto entry = message(id);
  entry.kind = EntryKind::kRemoval;
  return entry;
}

// A store that can be out of reach.
class Stored final : public MirrorSource {
 public:
  Result<std::vector<Entry>> recent_messages(std::size_t count) override {
    if (!is_there) return Error{Code::kUnavailable};
    ++reads;
    return std::vector<Entry>(
        entries.end() - static_cast<std::ptrdiff_t>(std::min(count, entries.size())),
        entries.end());
  }
  Result<std::vector<Entry>> private_messages(const UserId&, std::size_t) override {
    return std::vector<Entry>();
  }
  Result<HighestIds> highest_ids() override { return highest; }

  std::vector<Entry> entries;
  HighestIds highest;
  bool is_there = true;
  int reads = 0;
};

class RecentListTest : public testing::Test {
 protected:
  static Directory directory(bool is_staff_only = true) {
    Channel general, staff;
    general.id = kGeneral;
    general.name = "general";
    staff.id = kStaff;
    staff.name = "staff";
    staff.rules.is_staff_only = is_staff_only;
    return {{general, staff}, {}};
  }

  void publish(const Entry& entry) {
    Publication publication;
    publication.entries.push_back({entry, nullptr, nullptr, nullptr});
    list.absorb(publication);
  }
  // "RPUSH 1 3", with the ids of the messages.
  std::vector<std::string> sent() {
    std::vector<std::string> texts;
    auto commands = list.take_commands();
    if (!commands) return {"error"};
    for (const auto& command : *commands) {
      if (command[0] == "LTRIM") continue;
      std::string text = command[0] == "EVAL" ? command[3] : command[0];
      for (std::size_t i = command[0] == "EVAL" ? 4 : 2; i < command.size(); ++i) {
        const auto colon = command[i].find(':');
        const bool is_entry = colon != std::string::npos;
        const auto start = is_entry ? colon + 1 : 0;
        text += " " + command[i].substr(start, command[i].find(',') - start);
      }
      texts.push_back(text);
    }
    return texts;
  }

  Stored store;
  RecentList list{store, directory()};
};

TEST_F(RecentListTest, IsWrittenWholeFirstAndAppendedToFromThenOn) {
  store.entries = {message(1), message(2, kStaff), message(3)};
  EXPECT_THAT(sent(), ElementsAre("DEL", "RPUSH 1 3", "cache_message_id 3"));
  publish(message(4));
  publish(message(5));
  EXPECT_THAT(sent(), ElementsAre("RPUSH 4 5", "cache_message_id 5"));
  EXPECT_THAT(sent(), ElementsAre());
  EXPECT_EQ(store.reads, 1);
}

TEST_F(RecentListTest, WhatTheStoreGaveAlreadyIsNotAppended) {
  store.entries = {message(1), message(2)};
  publish(message(1));
  sent();
  publish(message(2));
  publish(message(3));
  EXPECT_THAT(sent(), ElementsAre("RPUSH 3", "cache_message_id 3"));
}

TEST_F(RecentListTest, RemovalsFollow) {
  sent();
  publish(message(1));
  publish(removal(1));
  EXPECT_THAT(sent(), ElementsAre("RPUSH 1", "recent_messages 1", "cache_message_id 1"));
}

TEST_F(RecentListTest, StaffOnlyMessagesRaiseTheCounterAndNothingElse) {
  sent();
  publish(message(7, kStaff));
  EXPECT_THAT(sent(), ElementsAre("cache_message_id 7"));
}

TEST_F(RecentListTest, TheHighestIdMayBeOfAMessageThatIsNotRecent) {
  store.entries = {message(1)};
  store.highest = {MessageId{9}, {}};
  EXPECT_THAT(sent(), ElementsAre("DEL", "RPUSH 1", "cache_message_id 9"));
}

TEST_F(RecentListTest, IsWrittenWholeWhenTheChannelsThatShowChange) {
  sent();
  publish(message(1));
  Publication publication;
  publication.directory = std::make_shared<const Directory>(directory(false));
  list.absorb(publication);
  store.entries = {message(1), message(2, kStaff)};
  EXPECT_THAT(sent(), ElementsAre("DEL", "RPUSH 1 2", "cache_message_id 2"));
  list.absorb(publication);
  EXPECT_THAT(sent(), ElementsAre()) << "nothing changed";
}

TEST_F(RecentListTest, AfterForgettingAllIsSentAgain) {
  store.entries = {message(1)};
  sent();
  publish(message(2));
  list.forget();
  publish(message(3));
  store.entries = {message(1), message(2), message(3)};
  EXPECT_THAT(sent(), ElementsAre("DEL", "RPUSH 1 2 3", "cache_message_id 3"));
}

TEST_F(RecentListTest, AStoreOutOfReachIsAskedAgain) {
  store.is_there = false;
  EXPECT_THAT(sent(), ElementsAre("error"));
  publish(message(1));
  store.is_there = true;
  store.entries = {message(1)};
  EXPECT_THAT(sent(), ElementsAre("DEL", "RPUSH 1", "cache_message_id 1"));
}

TEST_F(RecentListTest, HoldsAtMostTheNewest500ThatShow) {
  for (int id = 1; id <= 700; ++id)
    store.entries.push_back(message(id, id > 600 ? kStaff : kGeneral));
  const auto commands = list.take_commands().value();
  ASSERT_EQ(commands[1].size(), 2 + kRecentCountMax);
  EXPECT_THAT(commands[1][2], testing::HasSubstr("\"text 101\""));
}

TEST(MirroredEntryTest, HasTheOldServersForm) {
  EXPECT_EQ(mirrored_entry(message(7)),
            R"({"cache_id":7,"data":{"owner_id":"a","username":"alice","channel":"general",)"
            R"("message":"text 7","authored_at":"2026-01-02T03:04:05Z"}})");
  auto entry = message(8);
  entry.kind = EntryKind::kPrivateMessage;
  entry.recipient = {UserId{"b"}, "bob"};
  EXPECT_EQ(mirrored_entry(entry),
            R"({"cache_id":8,"data":{"owner_id":"a","username":"alice","recipient_id":"b",)"
            R"("recipient":"bob","message":"text 8","authored_at":"2026-01-02T03:04:05Z"}})");
}

}  // namespace
}  // namespace hubbub::valkey
