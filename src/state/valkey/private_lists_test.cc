#include "state/valkey/private_lists.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

namespace hubbub::valkey {
namespace {

using testing::IsEmpty;
using testing::UnorderedElementsAre;

Entry message(std::int64_t id, const char* from, const char* to) {
  Entry entry;
  entry.kind = EntryKind::kPrivateMessage;
  entry.message_id = MessageId{id};
  entry.author = {UserId{from}, from};
  entry.recipient = {UserId{to}, to};
  return entry;
}

class Inboxes final : public MirrorSource {
 public:
  Result<std::vector<Entry>> recent_messages(std::size_t) override { return std::vector<Entry>(); }
  Result<std::vector<Entry>> private_messages(const UserId& user, std::size_t) override {
    if (user.value == unreadable) return Error{Code::kUnavailable};
    return entries[user.value];
  }
  Result<HighestIds> highest_ids() override { return HighestIds{{}, highest}; }

  std::map<std::string, std::vector<Entry>> entries;
  std::string unreadable;
  MessageId highest;
};

class PrivateListsTest : public testing::Test {
 protected:
  // Stored and published, once for each inbox, as the log writer does.
  void publish(const Entry& entry) {
    Publication publication;
    for (const auto& user :
         std::set<std::string>{entry.author.id.value, entry.recipient.id.value}) {
      inboxes.entries[user].push_back(entry);
      publication.entries.push_back({entry, nullptr, nullptr, nullptr});
    }
    lists.absorb(publication);
  }
  // "RPUSH alice 2": the list and how many entries.
  std::vector<std::string> sent() {
    std::vector<std::string> texts;
    auto commands = lists.take_commands();
    if (!commands) return {"error"};
    for (const auto& command : *commands) {
      if (command[0] == "LTRIM") continue;
      if (command[0] == "EVAL") {
        texts.push_back("counter " + command[4]);
        continue;
      }
      auto text = command[0] + " " + command[1].substr(command[1].find(':') + 1);
      if (command.size() > 2) text += " " + std::to_string(command.size() - 2);
      texts.push_back(text);
    }
    return texts;
  }

  Inboxes inboxes;
  PrivateLists lists{inboxes, 3};
};

TEST_F(PrivateListsTest, AreWrittenWholeFirstAndAppendedToFromThenOn) {
  inboxes.entries["alice"] = {message(1, "alice", "carol")};
  publish(message(2, "alice", "bob"));
  EXPECT_THAT(sent(), UnorderedElementsAre("DEL alice", "RPUSH alice 2", "DEL bob", "RPUSH bob 1",
                                           "counter 2"));
  publish(message(3, "bob", "alice"));
  publish(message(4, "alice", "alice"));
  EXPECT_THAT(sent(), UnorderedElementsAre("RPUSH alice 2", "RPUSH bob 1", "counter 4"));
  EXPECT_THAT(sent(), IsEmpty());
}

TEST_F(PrivateListsTest, AfterForgettingThoseKnownAreWrittenWhole) {
  publish(message(1, "alice", "bob"));
  sent();
  lists.forget();
  EXPECT_TRUE(lists.has_more());
  EXPECT_THAT(sent(), UnorderedElementsAre("DEL alice", "RPUSH alice 1", "DEL bob", "RPUSH bob 1",
                                           "counter 1"));
  EXPECT_FALSE(lists.has_more());
}

TEST_F(PrivateListsTest, WhatWasReadBeforeTheStoreFailedIsSentAndTheRestLater) {
  publish(message(1, "alice", "bob"));
  inboxes.unreadable = "bob";
  auto first = sent();
  if (first == std::vector<std::string>{"error"}) first.clear();  // bob came first
  EXPECT_TRUE(lists.has_more());
  inboxes.unreadable = "";
  for (auto& text : sent()) first.push_back(text);
  EXPECT_THAT(first, UnorderedElementsAre("DEL alice", "RPUSH alice 1", "DEL bob", "RPUSH bob 1",
                                          "counter 1"));
}

TEST_F(PrivateListsTest, PastTheirNumberTheyAreForgottenAndWrittenWholeAgain) {
  publish(message(1, "alice", "bob"));
  sent();
  publish(message(2, "carol", "dave"));
  sent();
  publish(message(3, "alice", "bob"));
  EXPECT_THAT(sent(), UnorderedElementsAre("DEL alice", "RPUSH alice 2", "DEL bob", "RPUSH bob 2",
                                           "counter 3"));
}

TEST_F(PrivateListsTest, TheCounterStartsAtWhatTheStoreKnows) {
  inboxes.highest = MessageId{9};
  EXPECT_THAT(sent(), UnorderedElementsAre("counter 9"));
  publish(message(3, "alice", "alice"));
  EXPECT_THAT(sent(), UnorderedElementsAre("DEL alice", "RPUSH alice 1"));
}

}  // namespace
}  // namespace hubbub::valkey
