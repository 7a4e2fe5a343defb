#include "wire/utf8.h"

#include <gtest/gtest.h>

namespace hubbub {
namespace {

// RFC 3629 3 and 4.
TEST(Utf8Test, TakesTheFirstAndLastOfEveryLength) {
  for (const std::string_view text :
       {"", "\x01", "\x7F", "\xC2\x80", "\xDF\xBF", "\xE0\xA0\x80", "\xED\x9F\xBF", "\xEE\x80\x80",
        "\xEF\xBF\xBF", "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF"}) {
    EXPECT_TRUE(is_utf8(text)) << text;
  }
  EXPECT_TRUE(is_utf8(std::string_view("\0", 1)));
}

TEST(Utf8Test, RefusesOverlongFormsSurrogatesAndWhatIsBeyondUnicode) {
  for (const std::string_view text :
       {"\xC0\x80", "\xC1\xBF", "\xE0\x9F\xBF", "\xF0\x8F\xBF\xBF", "\xED\xA0\x80", "\xED\xBF\xBF",
        "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF"}) {
    EXPECT_FALSE(is_utf8(text));
  }
}

TEST(Utf8Test, RefusesPiecesOfCharacters) {
  for (const std::string_view text :
       {"\x80", "\xC3", "\xE2\x82", "\xF0\x9F\x98", "\xC3x", "a\xBF"}) {
    EXPECT_FALSE(is_utf8(text));
  }
}

TEST(Utf8Test, CountsCodePoints) {
  EXPECT_EQ(code_point_count(""), 0U);
  EXPECT_EQ(code_point_count("abc"), 3U);
  EXPECT_EQ(code_point_count("\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80"), 3U);
  EXPECT_EQ(code_point_count("e\xCC\x81"), 2U) << "a combining accent is one of its own";
}

}  // namespace
}  // namespace hubbub
