#include "net/utf8_stream.h"

#include <gtest/gtest.h>

#include <string>

#include "wire/utf8.h"

namespace hubbub {
namespace {

// How many bytes of `text` are taken before it is refused; all of them if it never is.
std::size_t taken_before_refusal(std::string_view text) {
  Utf8Stream stream;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!stream.push(text.substr(i, 1))) return i;
  }
  return text.size();
}

bool is_valid_in_pieces(std::string_view text, std::size_t piece_bytes) {
  Utf8Stream stream;
  for (std::size_t at = 0; at < text.size(); at += piece_bytes) {
    if (!stream.push(text.substr(at, piece_bytes))) return false;
  }
  return stream.is_complete();
}

TEST(Utf8StreamTest, TakesEveryLengthOfCodePoint) {
  const std::string text =
      "plain ascii, longer than a word \xC2\xA2 \xE2\x82\xAC \xF0\x9F\x98\x80 end";
  for (std::size_t piece = 1; piece <= text.size(); ++piece) {
    EXPECT_TRUE(is_valid_in_pieces(text, piece)) << piece;
  }
}

TEST(Utf8StreamTest, RefusesAtTheFirstByteThatCannotBeMended) {
  EXPECT_EQ(taken_before_refusal("ab\x80"), 2U);            // a continuation of nothing
  EXPECT_EQ(taken_before_refusal("\xC0\xAF"), 0U);          // overlong, 2 bytes
  EXPECT_EQ(taken_before_refusal("\xE0\x9F\xBF"), 1U);      // overlong, 3 bytes
  EXPECT_EQ(taken_before_refusal("\xF0\x8F\xBF\xBF"), 1U);  // overlong, 4 bytes
  EXPECT_EQ(taken_before_refusal("\xED\xA0\x80"), 1U);      // a surrogate
  EXPECT_EQ(taken_before_refusal("\xF4\x90\x80\x80"), 1U);  // above U+10FFFF
  EXPECT_EQ(taken_before_refusal("\xF5"), 0U);              // never a first byte
  EXPECT_EQ(taken_before_refusal("\xE2\x82g"), 2U);         // cut short
}

TEST(Utf8StreamTest, ATextMayNotEndWithinACodePoint) {
  Utf8Stream stream;
  ASSERT_TRUE(stream.push("\xE2\x82"));
  EXPECT_FALSE(stream.is_complete());
  ASSERT_TRUE(stream.push("\xAC"));
  EXPECT_TRUE(stream.is_complete());
}

// Every first byte with every second byte, and what follows: the judgement is that of wire/utf8.h.
TEST(Utf8StreamTest, AgreesWithTheCheckOfWholeTexts) {
  for (const std::string tail : {"", "\x80", "\xBF\x80", "a", "\x80\x80\x80"}) {
    for (int first = 0; first < 256; ++first) {
      for (int second = 0; second < 256; ++second) {
        const std::string text =
            std::string{static_cast<char>(first), static_cast<char>(second)} + tail;
        ASSERT_EQ(is_valid_in_pieces(text, 1), is_utf8(text)) << first << " " << second;
      }
    }
  }
}

}  // namespace
}  // namespace hubbub
