#include "wire/json_writer.h"

#include <gtest/gtest.h>

namespace hubbub {
namespace {

std::string written(std::string_view text) { return JsonWriter().string(text).take(); }

TEST(JsonWriterTest, PutsCommasWhereTheyBelong) {
  JsonWriter json;
  json.object().member("a", 1).key("b").array().number(-2).boolean(false).null();
  json.object().end_object().array().end_array().end_array().member("c", "d").end_object();
  EXPECT_EQ(json.text(), R"({"a":1,"b":[-2,false,null,{},[]],"c":"d"})");
}

TEST(JsonWriterTest, MembersKeepTheirTypes) {
  JsonWriter json;
  json.object().member("text", "1").member("flag", true).member("number", std::int64_t{1} << 53);
  json.key("raw").raw("[1]").end_object();
  EXPECT_EQ(json.take(), R"({"text":"1","flag":true,"number":9007199254740992,"raw":[1]})");
}

TEST(JsonWriterTest, EscapesWhatJsonForbids) {
  EXPECT_EQ(written("a\"b\\c"), R"("a\"b\\c")");
  EXPECT_EQ(written("\n\r\t"), R"("\n\r\t")");
  EXPECT_EQ(written(std::string_view("\0\x01\x08\x1f", 4)), R"("\u0000\u0001\u0008\u001f")");
}

TEST(JsonWriterTest, EscapesWhatAPageCouldMisread) {
  EXPECT_EQ(written("<a>&"), R"("\u003ca\u003e\u0026")");
  EXPECT_EQ(written("\xE2\x80\xA8\xE2\x80\xA9"), R"("\u2028\u2029")");
}

TEST(JsonWriterTest, LeavesOtherTextAsItIs) {
  const std::string text = "caf\xC3\xA9 \xE2\x82\xAC \xE2\x80\xA6 \xF0\x9F\x98\x80 /'\x7f";
  EXPECT_EQ(written(text), "\"" + text + "\"");
  EXPECT_EQ(written(""), "\"\"");
}

TEST(JsonWriterTest, EscapesAtBothEndsAndInARow) {
  EXPECT_EQ(written("\"\"mid\n"), R"("\"\"mid\n")");
  EXPECT_EQ(written("\xE2\x82\xAC\xE2\x80\xA8"), "\"\xE2\x82\xAC\\u2028\"");
}

}  // namespace
}  // namespace hubbub
