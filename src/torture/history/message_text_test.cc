#include "torture/history/message_text.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace hubbub::torture {
namespace {

constexpr MessageName kName{7, 1042};

TEST(MessageTextTest, ATextIsKnownAgain) {
  for (std::uint32_t writer = 0; writer < 40; ++writer) {
    for (std::uint32_t number = 1; number < 40'000; number += 997) {
      const MessageName name{writer, number};
      EXPECT_EQ(message_of(text_of(name)), name);
    }
  }
}

TEST(MessageTextTest, ItSaysWhoAndWhich) {
  EXPECT_EQ(text_of(kName).substr(0, 7), "7 1042 ");
  EXPECT_EQ(send_key_of(kName), "w7-1042");
}

TEST(MessageTextTest, ItHasTwentyToFourHundredBytesAndManyLengths) {
  std::set<std::size_t> lengths;
  for (std::uint32_t number = 1; number <= 1'000'000; number += 101) {
    const std::size_t length = text_of({number % 100, number}).size();
    EXPECT_GE(length, 20U);
    EXPECT_LE(length, 400U);
    lengths.insert(length);
  }
  EXPECT_GT(lengths.size(), 300U);
  EXPECT_GE(text_of({0, 1}).size(), 20U);
  EXPECT_LE(text_of({4'294'967'295U, 4'294'967'295U}).size(), 400U);
}

TEST(MessageTextTest, AnyOtherTextIsNobodys) {
  for (const char* text :
       {"", " ", "7", "7 ", "7 1042", "7 1042 ", "hello", "-7 1042 aaaaaaaaaaaa",
        "4294967296 1 aaaaaaaaaaaa", "7  1042 aaaaaaaaaa", "+7 1042 aaaaaaaaa"}) {
    EXPECT_EQ(message_of(text), std::nullopt) << text;
  }
}

TEST(MessageTextTest, OneByteLessMoreOrOtherIsNobodys) {
  const std::string text = text_of(kName);
  EXPECT_EQ(message_of(text.substr(0, text.size() - 1)), std::nullopt);
  EXPECT_EQ(message_of(text + text.back()), std::nullopt);
  EXPECT_EQ(message_of('0' + text), std::nullopt);
  for (std::size_t at = 0; at < text.size(); ++at) {
    std::string changed = text;
    changed[at] = static_cast<char>(changed[at] ^ 1);
    EXPECT_NE(message_of(changed), kName) << at;
  }
}

}  // namespace
}  // namespace hubbub::torture
