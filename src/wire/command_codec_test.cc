#include "wire/command_codec.h"

#include <gtest/gtest.h>

#include "wire/error_table.h"

namespace hubbub {
namespace {

template <class Command>
Command read(std::string_view json) {
  return std::get<Command>(decode_command(json).command.value());
}
template <class Command>
Command read_old(std::string_view json) {
  return std::get<Command>(decode_old_command(json).value());
}

// "<code> <field>", or "accepted".
std::string verdict(std::string_view json) {
  const auto decoded = decode_command(json);
  if (decoded.command) return "accepted";
  const auto& error = decoded.command.error();
  return std::string(error_row(error.code).name) + " " + error.field;
}

std::string with_key(std::string_view key) {
  return R"({"type":"chat_message","channel_id":1,"message":"hi","send_key":")" + std::string(key) +
         "\"}";
}
std::string with_message(std::string_view message) {
  return R"({"type":"chat_message","channel_id":1,"send_key":"k","message":")" +
         std::string(message) + "\"}";
}
std::string subscribe_since(std::string_view since) {
  return R"({"type":"subscribe","log":1,"since":)" + std::string(since) + "}";
}
std::string history_with(std::string_view members) {
  return R"({"type":"history","log":1,)" + std::string(members) + "}";
}
std::string nested(std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); }

TEST(CommandCodecTest, ReadsAMessageByChannelIdOrByName) {
  const auto by_id = read<SendMessage>(with_message("hi"));
  EXPECT_EQ(by_id.channel, ChannelId{1});
  EXPECT_EQ(by_id.text, "hi");
  EXPECT_EQ(by_id.send_key, "k");
  const auto by_name = read<SendMessage>(
      R"({"send_key":"k","message":"","channel":"general","type":"chat_message"})");
  EXPECT_EQ(by_name.channel_name, "general");
  EXPECT_FALSE(by_name.channel);
}

TEST(CommandCodecTest, ReadsAPrivateMessage) {
  const auto command = read<SendPrivateMessage>(
      R"({"type":"private_chat_message","send_key":"k","recipient_id":"u-1","message":"hi"})");
  EXPECT_EQ(command.recipient, UserId{"u-1"});
  EXPECT_EQ(command.text, "hi");
  EXPECT_EQ(command.send_key, "k");
}

TEST(CommandCodecTest, ReadsWhichLogToFollowAndFromWhere) {
  const auto from_end = read<Subscribe>(R"({"type":"subscribe","log":7})");
  EXPECT_EQ(from_end.log, (LogName{false, ChannelId{7}}));
  EXPECT_FALSE(from_end.since);
  EXPECT_FALSE(read<Subscribe>(subscribe_since("null")).since);
  EXPECT_EQ(read<Subscribe>(subscribe_since(R"({"epoch":"e","seq":5})")).since, (Position{"e", 5}));
  EXPECT_TRUE(read<Unsubscribe>(R"({"type":"unsubscribe","log":"inbox"})").log.is_inbox);
}

TEST(CommandCodecTest, ReadsAHistoryFromEitherSide) {
  const auto newest = read<ReadHistory>(R"({"type":"history","log":1})");
  EXPECT_FALSE(newest.before || newest.after);
  EXPECT_EQ(newest.limit, 50);
  EXPECT_EQ(read<ReadHistory>(history_with(R"("before":9)")).before, 9U);
  const auto after = read<ReadHistory>(history_with(R"("after":0,"limit":200)"));
  EXPECT_EQ(after.after, 0U);
  EXPECT_EQ(after.limit, 200);
}

TEST(CommandCodecTest, ReadsAToken) {
  EXPECT_EQ(read<RefreshToken>(R"({"type":"refresh_token","token":"t"})").token, "t");
}

TEST(CommandCodecTest, NamesTheMemberThatIsMissing) {
  EXPECT_EQ(verdict("{}"), "malformed type");
  EXPECT_EQ(verdict(R"({"type":"chat_message"})"), "malformed send_key");
  EXPECT_EQ(verdict(R"({"type":"chat_message","send_key":"k"})"), "malformed message");
  EXPECT_EQ(verdict(R"({"type":"chat_message","send_key":"k","message":"m"})"),
            "malformed channel_id");
  EXPECT_EQ(verdict(R"({"type":"private_chat_message","send_key":"k","message":"m"})"),
            "malformed recipient_id");
  EXPECT_EQ(verdict(R"({"type":"subscribe"})"), "malformed log");
  EXPECT_EQ(verdict(R"({"type":"unsubscribe"})"), "malformed log");
  EXPECT_EQ(verdict(R"({"type":"history"})"), "malformed log");
  EXPECT_EQ(verdict(subscribe_since(R"({"seq":1})")), "malformed since.epoch");
  EXPECT_EQ(verdict(subscribe_since(R"({"epoch":"e"})")), "malformed since.seq");
  EXPECT_EQ(verdict(R"({"type":"refresh_token"})"), "malformed token");
}

TEST(CommandCodecTest, NamesTheMemberOfTheWrongType) {
  for (const std::string name : {"type", "send_key", "channel", "message", "recipient_id", "token",
                                 "channel_id", "limit", "before", "after", "log"}) {
    EXPECT_EQ(verdict(R"({"type":"history","log":1,")" + name + "\":[]}"), "malformed " + name);
    EXPECT_EQ(verdict(R"({"type":"history","log":1,")" + name + "\":null}"), "malformed " + name);
  }
  EXPECT_EQ(verdict(R"({"type":"subscribe","log":"outbox"})"), "malformed log");
  EXPECT_EQ(verdict(R"({"type":"subscribe","log":1.5})"), "malformed log");
  EXPECT_EQ(verdict(subscribe_since("5")), "malformed since");
  EXPECT_EQ(verdict(subscribe_since(R"({"epoch":1,"seq":1})")), "malformed since.epoch");
  EXPECT_EQ(verdict(subscribe_since(R"({"epoch":"e","seq":"1"})")), "malformed since.seq");
}

TEST(CommandCodecTest, RefusesWhatIsOutOfBounds) {
  EXPECT_EQ(verdict(history_with(R"("limit":0)")), "invalid limit");
  EXPECT_EQ(verdict(history_with(R"("limit":201)")), "invalid limit");
  EXPECT_EQ(verdict(history_with(R"("limit":1)")), "accepted");
  EXPECT_EQ(verdict(history_with(R"("before":1,"after":1)")), "invalid after");
  EXPECT_EQ(verdict(history_with(R"("before":9007199254740991)")), "accepted");
  EXPECT_EQ(verdict(history_with(R"("before":9007199254740992)")), "invalid before");
  EXPECT_EQ(verdict(history_with(R"("after":9007199254740992)")), "invalid after");
  EXPECT_EQ(verdict(history_with(R"("after":-1)")), "malformed after") << "no seq at all";
  EXPECT_EQ(verdict(subscribe_since(R"({"epoch":"e","seq":9007199254740991})")), "accepted");
  EXPECT_EQ(verdict(subscribe_since(R"({"epoch":"e","seq":9007199254740992})")),
            "invalid since.seq");
}

TEST(CommandCodecTest, ASendKeyHasOneTo64Characters) {
  EXPECT_EQ(verdict(with_key("")), "invalid send_key");
  EXPECT_EQ(verdict(with_key(std::string(64, 'k'))), "accepted");
  EXPECT_EQ(verdict(with_key(std::string(65, 'k'))), "invalid send_key");
  EXPECT_EQ(verdict(with_key("a\\u0000b")), "invalid send_key");
  std::string accented;
  while (accented.size() < 128) accented += "\xC3\xA9";
  EXPECT_EQ(verdict(with_key(accented)), "accepted") << "characters, not bytes";
  EXPECT_EQ(verdict(with_key(accented + "x")), "invalid send_key");
}

TEST(CommandCodecTest, KnowsNoOtherCommands) {
  EXPECT_EQ(verdict(R"({"type":"dance"})"), "unknown_command type");
  EXPECT_EQ(verdict(R"({"type":""})"), "unknown_command type");
  EXPECT_EQ(verdict(R"({"type":"CHAT_MESSAGE"})"), "unknown_command type");
}

TEST(CommandCodecTest, IgnoresMembersThatItDoesNotKnow) {
  EXPECT_EQ(verdict(R"({"type":"subscribe","log":1,"colour":{"a":[1,null]},"sender":5})"),
            "accepted");
  EXPECT_EQ(verdict(subscribe_since(R"({"epoch":"e","seq":1,"log":{}})")), "accepted");
}

TEST(CommandCodecTest, TheLastOfEqualMembersCounts) {
  const auto command =
      read<Unsubscribe>(R"({"type":"history","log":1,"type":"unsubscribe","log":2})");
  EXPECT_EQ(command.log.channel, ChannelId{2});
}

TEST(CommandCodecTest, RefusesWhatIsNotOneJsonObject) {
  for (const std::string& json :
       {std::string(), std::string(" "), std::string("null"), std::string("[]"),
        std::string("\"x\""), std::string("{"), std::string(R"({"type":"subscribe","log":1)"),
        std::string(R"({"type":"subscribe","log":1} x)"),
        std::string(R"({"type":"subscribe","log":1}{})"),
        std::string(R"({"type":"subscribe","log":01})"),
        std::string(R"({'type':'subscribe','log':1})"), std::string("{\"type\":\"a\0\"}", 13)}) {
    EXPECT_EQ(verdict(json), "malformed ") << json;
  }
}

TEST(CommandCodecTest, RefusesTextThatIsNotUnicode) {
  EXPECT_EQ(verdict(with_message("\xC3\xA9 \xF0\x9F\x98\x80")), "accepted");
  EXPECT_EQ(verdict(with_message("\xFF")), "malformed ");
  EXPECT_EQ(verdict(with_message("\xED\xA0\x80")), "malformed ");
  EXPECT_EQ(read<SendMessage>(with_message("\\ud83d\\ude00")).text, "\xF0\x9F\x98\x80");
  EXPECT_EQ(verdict(with_message("\\ud83d")), "malformed ") << "a high surrogate alone";
  EXPECT_EQ(verdict(with_message("\\ude00")), "malformed ") << "a low surrogate alone";
  EXPECT_EQ(verdict(with_message("\\ud83d\\u0041")), "malformed ");
}

TEST(CommandCodecTest, RefusesDeepNestingEvenWhereItIsIgnored) {
  EXPECT_EQ(verdict(R"({"type":"subscribe","log":1,"x":)" + nested(500) + "}"), "accepted");
  EXPECT_EQ(verdict(R"({"type":"subscribe","log":1,"x":)" + nested(30'000) + "}"), "malformed ");
}

TEST(CommandCodecTest, ARefusalCarriesWhatItRefersTo) {
  const auto decoded = decode_command(R"({"type":"history","log":3,"send_key":"k","limit":0})");
  EXPECT_EQ(decoded.type, "history");
  EXPECT_EQ(decoded.send_key, "k");
  EXPECT_EQ(decoded.log, (LogName{false, ChannelId{3}}));
  const auto huge = decode_command(R"({"type":")" + std::string(65, 't') + R"(","send_key":")" +
                                   std::string(65, 'k') + "\"}");
  EXPECT_EQ(huge.type, "");
  EXPECT_EQ(huge.send_key, "") << "what goes back is bounded";
}

TEST(OldCommandTest, ReadsItsTwoMessages) {
  const auto message =
      read_old<SendMessage>(R"({"type":"chat_message","channel":"general","message":"hi","id":5})");
  EXPECT_EQ(message.channel_name, "general");
  EXPECT_EQ(message.text, "hi");
  EXPECT_EQ(message.send_key, "");
  const auto to_bob = read_old<SendPrivateMessage>(
      R"({"message":"","recipient_id":"bob","type":"private_chat_message"})");
  EXPECT_EQ(to_bob.recipient, UserId{"bob"});
  EXPECT_EQ(to_bob.text, "");
}

TEST(OldCommandTest, KnowsNeitherSendKeysNorChannelIds) {
  const auto message = read_old<SendMessage>(
      R"({"type":"chat_message","channel":"a","channel_id":7,"send_key":"k","message":"hi"})");
  EXPECT_FALSE(message.channel);
  EXPECT_EQ(message.send_key, "");
}

TEST(OldCommandTest, IgnoresEverythingElse) {
  for (const std::string_view json :
       {"", "[]", "{}", R"({"type":"chat_message","message":"hi"})",
        R"({"type":"chat_message","channel":"a"})",
        R"({"type":"chat_message","channel":1,"message":"m"})",
        R"({"type":"chat_message","channel_id":1,"message":"m"})",
        R"({"type":"private_chat_message","channel":"a","message":"m"})",
        R"({"type":"subscribe","log":1,"message":"m","channel":"a"})",
        R"({"channel":"a","message":"m"})", R"({"type":"chat_message","channel":"a","message":"m")",
        "{\"type\":\"chat_message\",\"channel\":\"a\",\"message\":\"\xFF\"}"}) {
    EXPECT_FALSE(decode_old_command(json)) << json;
  }
}

}  // namespace
}  // namespace hubbub
