// Exact bytes, as docs/protocol.md shows them.
#include "wire/v1_frames.h"

#include <gtest/gtest.h>

namespace hubbub {
namespace {

using namespace std::chrono_literals;

const Time kNoon{1'767'323'045s};
const LogName kGeneral{false, ChannelId{1}};
const LogName kInbox{true, {}};
const Author kAlice{UserId{"a-1"}, "alice"};

// As every frame of the server's own.
std::string from_server(const std::string& type, const std::string& payload) {
  return R"({"type":")" + type + R"(","sender":"Server","payload":{)" + payload + "}}";
}

Entry said() {
  Entry entry;
  entry.epoch = "e";
  entry.seq = 3;
  entry.message_id = MessageId{70};
  entry.channel = ChannelId{1};
  entry.channel_name = "general";
  entry.author = kAlice;
  entry.text = "hi";
  entry.send_key = "k";
  entry.authored_at = kNoon;
  return entry;
}

const std::string kSaid =
    R"("log":1,"epoch":"e","seq":3,"message_id":70,"channel_id":1,"channel":"general",)"
    R"("owner_id":"a-1","username":"alice","message":"hi","authored_at":"2026-01-02T03:04:05Z")";

TEST(V1FramesTest, SaysHello) {
  const std::vector<Channel> channels = {
      {ChannelId{1}, LogId{11}, "general", "all", true, 1, {}, {"e", 42}}};
  const auto users = v1::user_list({&kAlice, 1});
  const v1::Hello hello{"s", "i",   "Hubbub", kAlice,   {"member"}, {4'000, 65'536, 200, {20, 10}},
                        25,  kNoon, channels, {"f", 7}, users};
  EXPECT_EQ(
      v1::hello(hello)->payload(),
      from_server(
          "hello",
          R"("session_id":"s","server_id":"i","server_name":"Hubbub",)"
          R"("user":{"id":"a-1","username":"alice"},"roles":["member"],)"
          R"("limits":{"message_length_max":4000,"send_key_length_max":64,"frame_bytes_max":65536,)"
          R"("history_count_max":200,"message_limit":20,"window_seconds":10},)"
          R"("heartbeat_seconds":25,"token_expires_at":"2026-01-02T03:04:05Z",)"
          R"("channels":[{"id":1,"name":"general","description":"all","sort_order":1,)"
          R"("epoch":"e","seq":42,"read_only":false,"staff_only":false,"private":false,)"
          R"("slow_mode_seconds":0}],)"
          R"("inbox":{"epoch":"f","seq":7},)"
          R"("users":[{"id":"a-1","username":"alice"}])"));
}

TEST(V1FramesTest, OnlyTheAuthorSeesTheSendKey) {
  const std::string head = R"({"type":"chat_message","sender":"alice","payload":{)" + kSaid;
  EXPECT_EQ(v1::entry(said(), false)->payload(), head + "}}");
  EXPECT_EQ(v1::entry(said(), true)->payload(), head + R"(,"send_key":"k"}})");
  const auto letter = [] {
    Entry entry = said();
    entry.send_key.clear();
    return entry;
  };
  EXPECT_EQ(v1::entry(letter(), true)->payload(), head + "}}") << "there was none";
}

TEST(V1FramesTest, SaysAPrivateMessage) {
  Entry letter = said();
  letter.kind = EntryKind::kPrivateMessage;
  letter.channel = {};
  letter.recipient = {UserId{"b-2"}, "bob"};
  EXPECT_EQ(v1::entry(letter, false)->payload(),
            R"({"type":"private_chat_message","sender":"alice","payload":{)"
            R"("log":"inbox","epoch":"e","seq":3,"message_id":70,"owner_id":"a-1",)"
            R"("username":"alice","recipient_id":"b-2","recipient":"bob","message":"hi",)"
            R"("authored_at":"2026-01-02T03:04:05Z"}})");
}

TEST(V1FramesTest, SaysWhatWasRemoved) {
  Entry removal = said();
  removal.kind = EntryKind::kRemoval;
  removal.removed_seq = 2;
  EXPECT_EQ(v1::entry(removal, true)->payload(),
            from_server("message_removed",
                        R"("log":1,"epoch":"e","seq":3,"message_id":70,"removed_seq":2)"));
  Entry removed = said();
  removed.text.clear();
  removed.is_removed = true;
  EXPECT_TRUE(
      v1::entry(removed, false)
          ->payload()
          .ends_with(R"("message":"","authored_at":"2026-01-02T03:04:05Z","removed":true}})"));
}

TEST(V1FramesTest, Acknowledges) {
  EXPECT_EQ(v1::ack("k", said(), true)->payload(),
            from_server("ack", R"("send_key":"k","log":1,"epoch":"e","seq":3,"message_id":70,)"
                               R"("authored_at":"2026-01-02T03:04:05Z","repeated":true)"));
}

TEST(V1FramesTest, ARefusalNamesItsCommandOrItsSendKey) {
  const Error error{Code::kRateLimited, "not for the sender", {}, 250};
  EXPECT_EQ(v1::error(error, "k", "chat_message", {})->payload(),
            from_server("error", R"("send_key":"k","code":"rate_limited",)"
                                 R"("message":"Too many messages; wait a moment.",)"
                                 R"("retry_after_ms":250)"));
  EXPECT_EQ(v1::error({Code::kInvalid, "limit must be 1 to 200", "limit"}, "", "history", kInbox)
                ->payload(),
            from_server("error", R"("command":"history","log":"inbox","code":"invalid",)"
                                 R"("message":"limit must be 1 to 200","field":"limit")"));
}

TEST(V1FramesTest, SaysHowALogIsFollowed) {
  EXPECT_EQ(v1::subscribed(kInbox, {"e", 7}, 2)->payload(),
            from_server("subscribed", R"("log":"inbox","epoch":"e","seq":7,"replayed":2)"));
  EXPECT_EQ(v1::unsubscribed(kGeneral)->payload(), from_server("unsubscribed", R"("log":1)"));
  EXPECT_EQ(v1::gap(kGeneral, 4, 9, "retention")->payload(),
            from_server("gap", R"("log":1,"from":4,"to":9,"reason":"retention")"));
  const std::vector<v1::Head> heads = {{kGeneral, {"e", 3}}, {kInbox, {"f", 0}}};
  EXPECT_EQ(v1::heartbeat(heads)->payload(),
            from_server("heartbeat", R"("heads":[{"log":1,"epoch":"e","seq":3},)"
                                     R"({"log":"inbox","epoch":"f","seq":0}])"));
}

TEST(V1FramesTest, AHistoryShowsItsReaderTheirOwnSendKeys) {
  Entry other = said();
  other.author.id = UserId{"b-2"};
  const std::vector<Entry> entries = {said(), other};
  const std::string history(v1::history(kGeneral, "e", entries, true, UserId{"a-1"})->payload());
  EXPECT_TRUE(history.starts_with(R"({"type":"history","sender":"Server","payload":)"
                                  R"({"log":1,"epoch":"e","messages":[{)" +
                                  kSaid + R"(,"send_key":"k"},)"))
      << history;
  EXPECT_TRUE(history.ends_with(R"(Z"}],"has_more":true}})")) << history;
}

TEST(V1FramesTest, SaysWhatChangedAroundTheLogs) {
  Channel channel{ChannelId{1}, LogId{11}, "general", "all", true, 1, {}, {"e", 4}};
  channel.rules = {true, true, 30, true};
  EXPECT_EQ(v1::channel_change("channel_updated", channel)->payload(),
            from_server("channel_updated",
                        R"("channel":{"id":1,"name":"general","description":"all",)"
                        R"("sort_order":1,"epoch":"e","seq":4,"read_only":true,)"
                        R"("staff_only":true,"private":true,"slow_mode_seconds":30})"));
  EXPECT_EQ(v1::channel_change("channel_removed", channel)->payload(),
            from_server("channel_removed", R"("channel":{"id":1,"name":"general"})"));
  const std::vector<v1::PresenceChange> changes = {{kAlice, false}};
  EXPECT_EQ(
      v1::user_status(changes)->payload(),
      from_server("user_status", R"("changes":[{"id":"a-1","username":"alice","status":false}])"));
  const std::vector<std::string> roles = {"member", "moderator"};
  EXPECT_EQ(v1::roles_changed(roles)->payload(),
            from_server("roles_changed", R"("roles":["member","moderator"])"));
  EXPECT_EQ(v1::limits_updated({5, 60})->payload(),
            from_server("limits_updated", R"("message_limit":5,"window_seconds":60)"));
  EXPECT_EQ(v1::token_time("token_expiring", kNoon)->payload(),
            from_server("token_expiring", R"("expires_at":"2026-01-02T03:04:05Z")"));
  EXPECT_EQ(v1::going_away_reason(1'500), R"({"retry_in_ms":1500})");
}

}  // namespace
}  // namespace hubbub
