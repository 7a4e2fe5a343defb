#include "store/postgres/old_entry.h"

#include <gtest/gtest.h>

namespace hubbub::postgres {
namespace {

std::string entry_with(const std::string& member, const std::string& value) {
  std::string data;
  for (const auto& [name, text] :
       {std::pair{"owner_id", R"("o")"}, std::pair{"username", R"("ada")"},
        std::pair{"channel", R"("general")"}, std::pair{"recipient_id", R"("r")"},
        std::pair{"recipient", R"("ben")"}, std::pair{"message", R"("hello")"},
        std::pair{"authored_at", R"("2026-01-02T03:04:05Z")"}}) {
    const std::string one = member == name ? value : text;
    if (one.empty()) continue;
    data += (data.empty() ? "\"" : ",\"") + std::string(name) + "\":" + one;
  }
  return R"({"cache_id":)" + (member == "cache_id" ? value : "7") + R"(,"data":{)" + data + "}}";
}

std::string refusal(const std::string& entry, OldQueue queue = OldQueue::kMessages) {
  const auto parsed = parse_old_entry(queue, entry);
  if (parsed) return "taken";
  EXPECT_EQ(parsed.error().code, Code::kInvalid);
  return parsed.error().detail;
}

std::string time_of(const std::string& text) {
  const auto parsed = parse_old_entry(OldQueue::kMessages, entry_with("authored_at", text));
  return parsed ? format_time(parsed->authored_at) : parsed.error().detail;
}

TEST(OldEntryTest, ReadsBothKinds) {
  const auto message = parse_old_entry(OldQueue::kMessages, entry_with("", "")).value();
  EXPECT_EQ(message.cache_id, 7);
  EXPECT_EQ(message.author, (Author{UserId{"o"}, "ada"}));
  EXPECT_EQ(message.channel, "general");
  EXPECT_EQ(message.text, "hello");
  EXPECT_TRUE(message.recipient.id.empty());
  const auto to_ben = parse_old_entry(OldQueue::kPrivateMessages, entry_with("", "")).value();
  EXPECT_EQ(to_ben.recipient, (Author{UserId{"r"}, "ben"}));
}

TEST(OldEntryTest, SaysWhatIsWrong) {
  EXPECT_EQ(refusal("{"), "it is not a JSON object");
  EXPECT_EQ(refusal("[]"), "it is not a JSON object");
  EXPECT_EQ(refusal("\xff"), "it is not UTF-8");
  EXPECT_EQ(refusal(R"({"cache_id":1})"), "data is missing or no object");
  for (const char* value : {"0", "-1", "1.5", "\"7\"", "null", "4503599627370497"}) {
    EXPECT_EQ(refusal(entry_with("cache_id", value)),
              "cache_id is missing or no number from 1 to 2^52");
  }
  EXPECT_EQ(refusal(entry_with("message", "")), "message is missing or no text");
  EXPECT_EQ(refusal(entry_with("message", "3")), "message is missing or no text");
  EXPECT_EQ(refusal(entry_with("message", R"("a\u0000b")")), "message has a U+0000");
  EXPECT_EQ(refusal(entry_with("owner_id", R"("")")), "owner_id is empty");
  EXPECT_EQ(refusal(entry_with("recipient_id", ""), OldQueue::kPrivateMessages),
            "recipient_id is missing or no text");
}

// In characters, as the old table counts: these are 48 and 50 bytes.
TEST(OldEntryTest, AChannelsNameHas24CharactersAtMost) {
  std::string name;
  for (int i = 0; i < 24; ++i) name += "é";
  EXPECT_EQ(refusal(entry_with("channel", '"' + name + '"')), "taken");
  EXPECT_EQ(refusal(entry_with("channel", '"' + name + "é\"")),
            "the channel's name has 25 characters, more than 24");
  EXPECT_EQ(refusal(entry_with("channel", R"("")")), "taken");
}

TEST(OldEntryTest, ReadsTimesOfRfc3339) {
  EXPECT_EQ(time_of(R"("2026-01-02T03:04:05Z")"), "2026-01-02T03:04:05Z");
  EXPECT_EQ(time_of(R"("2026-01-02T03:04:05.1Z")"), "2026-01-02T03:04:05.1Z");
  EXPECT_EQ(time_of(R"("2026-01-02T03:04:05.123456999Z")"), "2026-01-02T03:04:05.123456Z");
  EXPECT_EQ(time_of(R"("2026-01-01T23:04:05-05:30")"), "2026-01-02T04:34:05Z");
  EXPECT_EQ(time_of(R"("2024-02-29T00:00:00+02:00")"), "2024-02-28T22:00:00Z");
  for (const char* text :
       {R"("")", R"("2026-02-29T00:00:00Z")", R"("2026-01-02 03:04:05Z")",
        R"("2026-01-02T03:04:05")", R"("2026-01-02T24:00:00Z")", R"("2026-01-02T03:60:00Z")",
        R"("2026-01-02T03:04:05.Z")", R"("2026-01-02T03:04:05+02")", R"("2026-01-02T03:04:05Zx")",
        R"("26-01-02T03:04:05Z")"}) {
    EXPECT_NE(time_of(text).find("authored_at"), std::string::npos) << text;
  }
}

TEST(OldEntryTest, AnyBytesCanBeShown) {
  EXPECT_EQ(printable("é\n"), "é\n");
  EXPECT_EQ(printable(std::string("a\0b", 3)), "a\\x00b");
  EXPECT_EQ(printable("\xff"
                      "é"),
            "\\xff\\xc3\\xa9");
}

}  // namespace
}  // namespace hubbub::postgres
