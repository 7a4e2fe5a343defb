// Exact bytes: existing clients read them. docs/compatibility.md
#include "wire/old_frames.h"

#include <gtest/gtest.h>

namespace hubbub {
namespace {

using namespace std::chrono_literals;

const Author kAlice{UserId{"a-1"}, "alice"};
const Author kBob{UserId{"b-2"}, "bob"};

Entry said(std::int64_t id, const std::string& text) {
  Entry entry;
  entry.seq = 9;
  entry.message_id = MessageId{id};
  entry.channel = ChannelId{1};
  entry.channel_name = "general";
  entry.author = kAlice;
  entry.text = text;
  entry.send_key = "k";
  entry.authored_at = Time(1'767'323'045s + 120'000us);
  return entry;
}
Entry whispered(std::int64_t id, const std::string& text) {
  Entry entry = said(id, text);
  entry.kind = EntryKind::kPrivateMessage;
  entry.channel = {};
  entry.recipient = kBob;
  return entry;
}

const std::string kSaid =
    R"({"cacheID":5,"owner_id":"a-1","username":"alice","channel":"general","message":"hi",)"
    R"("authored_at":"2026-01-02T03:04:05.12Z"})";
const std::string kWhispered =
    R"({"cacheID":6,"owner_id":"a-1","username":"alice","recipient_id":"b-2","recipient":"bob",)"
    R"("message":"psst","authored_at":"2026-01-02T03:04:05.12Z"})";

TEST(OldFramesTest, SaysAMessage) {
  EXPECT_EQ(old_protocol::message(said(5, "hi"))->payload(),
            R"({"type":"chat_message","sender":"alice","payload":)" + kSaid + "}\n");
  EXPECT_EQ(old_protocol::message(whispered(6, "psst"))->payload(),
            R"({"type":"private_chat_message","sender":"alice","payload":)" + kWhispered + "}\n");
}

TEST(OldFramesTest, HasNoWordForRemovals) {
  Entry removal = said(5, "");
  removal.kind = EntryKind::kRemoval;
  EXPECT_EQ(old_protocol::message(removal), nullptr);
  Entry removed = said(5, "");
  removed.is_removed = true;
  EXPECT_EQ(old_protocol::message(removed), nullptr);
}

TEST(OldFramesTest, ListsMessages) {
  const std::vector<Entry> entries = {said(5, "hi"), said(5, "hi")};
  EXPECT_EQ(old_protocol::bulk_messages(entries, false)->payload(),
            R"({"type":"bulk_chat_messages","sender":"Server","payload":{"messages":[)" + kSaid +
                "," + kSaid + "]}}\n");
  const std::vector<Entry> letters = {whispered(6, "psst")};
  EXPECT_EQ(old_protocol::bulk_messages(letters, true)->payload(),
            R"({"type":"bulk_private_messages","sender":"Server","payload":{"messages":[)" +
                kWhispered + "]}}\n");
}

TEST(OldFramesTest, LeavesOutWhatAChannelWasNeverGiven) {
  const std::vector<Channel> channels = {
      {ChannelId{1}, LogId{11}, "general", "all", true, 1, {}, {}},
      {ChannelId{2}, LogId{12}, "plain", "", false, 0, {}, {}},
      {ChannelId{3}, LogId{13}, "blank", "", true, 3, {}, {}}};
  EXPECT_EQ(old_protocol::active_channels(channels)->payload(),
            R"({"type":"active_channels","sender":"Server","payload":{"channels":[)"
            R"({"id":1,"name":"general","description":"all","sort_order":1},)"
            R"({"id":2,"name":"plain"},)"
            R"({"id":3,"name":"blank","description":"","sort_order":3}]}})"
            "\n");
}

TEST(OldFramesTest, SaysWhoIsThere) {
  EXPECT_EQ(old_protocol::user_status(kBob, false)->payload(),
            R"({"type":"user_status","sender":"Server","payload":)"
            R"({"username":"bob","id":"b-2","status":false}})"
            "\n");
  const std::vector<Author> users = {kAlice, kBob};
  EXPECT_EQ(old_protocol::connected_users(users)->payload(),
            R"({"type":"connected_users","sender":"Server","payload":{"users":[)"
            R"({"username":"alice","id":"a-1","status":true},)"
            R"({"username":"bob","id":"b-2","status":true}]}})"
            "\n");
}

TEST(OldFramesTest, AnEmptyListIsAListAndNotNull) {
  EXPECT_EQ(old_protocol::active_channels({})->payload(),
            R"({"type":"active_channels","sender":"Server","payload":{"channels":[]}})"
            "\n");
  EXPECT_EQ(old_protocol::connected_users({})->payload(),
            R"({"type":"connected_users","sender":"Server","payload":{"users":[]}})"
            "\n");
}

TEST(OldFramesTest, ACacheIdHasThirtyOneBits) {
  EXPECT_EQ(old_protocol::cache_id(MessageId{0x7FFFFFFF}), 0x7FFFFFFF);
  EXPECT_EQ(old_protocol::cache_id(MessageId{0x80000005}), 5);
  EXPECT_EQ(old_protocol::cache_id(MessageId{(std::int64_t{1} << 52) + 9}), 9);
}

}  // namespace
}  // namespace hubbub
