#include "rest/body_reader.h"

#include <gtest/gtest.h>

namespace hubbub {
namespace {

TEST(BodyReaderTest, ReadsEachMember) {
  BodyReader body(R"({"a":"x","b":1,"c":false,"d":[2,3]})", "Bad");
  EXPECT_EQ(body.text("a"), "x");
  EXPECT_EQ(body.integer("b"), 1);
  EXPECT_EQ(body.boolean("c"), false);
  EXPECT_EQ(body.integers("d"), (std::vector<std::int64_t>{2, 3}));
  EXPECT_FALSE(body.text("missing"));
  EXPECT_FALSE(body.error());
}

TEST(BodyReaderTest, TheFirstWrongMemberIsTheRefusal) {
  BodyReader body(R"({"a":1,"b":"x","c":true})", "Bad");
  EXPECT_EQ(body.boolean("c"), true);
  EXPECT_FALSE(body.text("a"));
  EXPECT_FALSE(body.integer("b"));
  EXPECT_FALSE(body.boolean("c")) << "nothing is read after a refusal";
  ASSERT_TRUE(body.error());
  EXPECT_EQ(body.error()->code, Code::kMalformed);
  EXPECT_EQ(body.error()->detail, "Bad");
  EXPECT_EQ(body.error()->field, "a");
}

TEST(BodyReaderTest, ABodyThatIsNoObjectIsRefusedAsAWhole) {
  for (const auto* text : {"", "[]", "{", "null"}) {
    BodyReader body(text, "Bad");
    EXPECT_FALSE(body.text("a"));
    ASSERT_TRUE(body.error()) << text;
    EXPECT_EQ(body.error()->detail, "Bad");
    EXPECT_EQ(body.error()->field, "");
  }
}

}  // namespace
}  // namespace hubbub
