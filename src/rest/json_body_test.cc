#include "rest/json_body.h"

#include <gtest/gtest.h>

namespace hubbub {
namespace {

class JsonBodyTest : public testing::Test {
 protected:
  // The value, "nothing", or the field that was refused.
  static std::string text(const std::string& json) {
    const auto body = JsonBody::parse(json);
    const auto value = body.value().text("a");
    if (!value) return "wrong " + value.error().field;
    return value->value_or("nothing");
  }
  static std::string integer(const std::string& json) {
    const auto body = JsonBody::parse(json);
    const auto value = body.value().integer("a");
    if (!value) return "wrong " + value.error().field;
    return *value ? std::to_string(**value) : "nothing";
  }
  static std::string boolean(const std::string& json) {
    const auto body = JsonBody::parse(json);
    const auto value = body.value().boolean("a");
    if (!value) return "wrong " + value.error().field;
    return *value ? (**value ? "true" : "false") : "nothing";
  }
  static std::string integers(const std::string& json) {
    const auto body = JsonBody::parse(json);
    const auto value = body.value().integers("a");
    if (!value) return "wrong " + value.error().field;
    if (!*value) return "nothing";
    std::string text;
    for (const auto integer : **value) text += std::to_string(integer) + ";";
    return text;
  }
};

TEST_F(JsonBodyTest, ReadsItsMembers) {
  EXPECT_EQ(text(R"({"b":1,"a":"caf\u00e9"})"), "caf\xC3\xA9");
  EXPECT_EQ(text(R"({"a":""})"), "");
  EXPECT_EQ(integer(R"({"a":-9223372036854775808})"), "-9223372036854775808");
  EXPECT_EQ(integer(R"({"a":-2.0})"), "-2") << "JSON has one kind of number";
}

TEST_F(JsonBodyTest, NullIsAsGoodAsMissing) {
  EXPECT_EQ(text(R"({"a":null})"), "nothing");
  EXPECT_EQ(text("{}"), "nothing");
  EXPECT_EQ(integer(R"({"a":null})"), "nothing");
  EXPECT_EQ(integer(R"({"A":1})"), "nothing");
}

TEST_F(JsonBodyTest, NamesTheMemberOfTheWrongType) {
  for (const std::string value : {"1", "true", "[]", "{}"}) {
    EXPECT_EQ(text(R"({"a":)" + value + "}"), "wrong a") << value;
  }
  for (const std::string value : {"\"1\"", "1.5", "1e300", "true", "9223372036854775808"}) {
    EXPECT_EQ(integer(R"({"a":)" + value + "}"), "wrong a") << value;
  }
}

TEST_F(JsonBodyTest, ReadsBooleans) {
  EXPECT_EQ(boolean(R"({"a":true})"), "true");
  EXPECT_EQ(boolean(R"({"a":false})"), "false");
  EXPECT_EQ(boolean(R"({"a":null})"), "nothing");
  for (const std::string value : {"1", "\"true\"", "[]", "{}"}) {
    EXPECT_EQ(boolean(R"({"a":)" + value + "}"), "wrong a") << value;
  }
}

TEST_F(JsonBodyTest, ReadsListsOfIntegers) {
  EXPECT_EQ(integers(R"({"a":[1,-2,3]})"), "1;-2;3;");
  EXPECT_EQ(integers(R"({"a":[]})"), "");
  EXPECT_EQ(integers(R"({"a":null})"), "nothing");
  for (const std::string value : {"1", "[\"1\"]", "[1,null]", "[1.5]", "[[1]]", "{}"}) {
    EXPECT_EQ(integers(R"({"a":)" + value + "}"), "wrong a") << value;
  }
}

TEST_F(JsonBodyTest, IsOneObject) {
  for (const std::string json :
       {"", "null", "[]", "\"a\"", "{", "{}{}", "{\"a\":}", "{\"a\":\"\xFF\"}"}) {
    const auto body = JsonBody::parse(json);
    ASSERT_FALSE(body) << json;
    EXPECT_EQ(body.error().code, Code::kMalformed);
  }
}

TEST_F(JsonBodyTest, OutlivesTheTextAndAMove) {
  auto body = [] {
    const std::string json = R"({"a":"kept"})";
    return JsonBody::parse(json);
  }();
  const JsonBody moved = std::move(*body);
  EXPECT_EQ(moved.text("a").value(), "kept");
}

}  // namespace
}  // namespace hubbub
