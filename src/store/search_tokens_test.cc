#include "store/search_tokens.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <thread>

namespace hubbub {
namespace {

using Tokens = std::vector<std::string>;

Tokens tokens(std::string_view text) { return search_tokens(text); }

// Whether a message that says `text` is found by `keyword`.
bool finds(std::string_view keyword, std::string_view text) {
  const Tokens wanted = search_tokens(keyword);
  const Tokens present = search_tokens(text);
  return !wanted.empty() && std::ranges::all_of(wanted, [&](const std::string& token) {
    return std::ranges::find(present, token) != present.end();
  });
}

TEST(SearchTokensTest, WordsAreRunsOfLettersAndDigits) {
  EXPECT_EQ(tokens("a-b, 3D off_topic C++ x.com/y"),
            (Tokens{"a", "b", "3d", "off", "topic", "c", "x", "com", "y"}));
  EXPECT_EQ(tokens("l\xE2\x80\x99\xC3\xA9t\xC3\xA9"), (Tokens{"l", "ete"}));
  EXPECT_EQ(tokens(""), Tokens{});
  EXPECT_EQ(tokens(" ?!... \n\t\"'*^() … — «»"), Tokens{});
  EXPECT_EQ(tokens(std::string_view("a\0b", 3)), (Tokens{"a", "b"}));
}

TEST(SearchTokensTest, EnglishWordsAreCutToTheirStems) {
  EXPECT_EQ(tokens("Running RUNS run"), (Tokens{"run", "run", "run"}));
  EXPECT_EQ(tokens("generously"), Tokens{"generous"});  // Porter's first would say "gener"
  EXPECT_TRUE(finds("bears", "a bear"));
  EXPECT_EQ(tokens("mp3s"), Tokens{"mp3s"});
}

TEST(SearchTokensTest, CaseAndAccentsMakeNoDifference) {
  EXPECT_TRUE(finds("arger", "ÄRGER"));
  EXPECT_TRUE(finds("Größe", "GRÖSSE"));
  EXPECT_TRUE(finds("ecole", "à l’école"));
  EXPECT_TRUE(finds("café", "cafe\xCC\x81"));
  EXPECT_TRUE(finds("istanbul", "İSTANBUL"));
  EXPECT_TRUE(finds("ПРИВЕТ", "привет, как дела?"));
  EXPECT_TRUE(finds("еще", "ещё раз"));
  EXPECT_TRUE(finds("αθηνα", "Αθήνα"));
  EXPECT_TRUE(finds("viet nam", "Việt Nam"));
  EXPECT_TRUE(finds("full width 123", "ＦＵＬＬ ｗｉｄｔｈ １２３"));
  EXPECT_FALSE(finds("дом", "дело"));
}

TEST(SearchTokensTest, ArabicAndHebrewAreFoundWithoutTheirVowelSigns) {
  EXPECT_TRUE(finds("مدرسة", "ذهبت إلى مَدْرَسَة اليوم"));
  EXPECT_TRUE(finds("احمد", "أحمد"));
  EXPECT_TRUE(finds("جميل", "جميـــل"));
  EXPECT_TRUE(finds("שלום", "שָׁלוֹם עולם"));
  EXPECT_FALSE(finds("كتاب", "ذهبت إلى مدرسة"));
}

TEST(SearchTokensTest, IndianVowelSignsStay) {
  EXPECT_EQ(tokens("हिन्दी"), Tokens{"हिन्दी"});
  EXPECT_FALSE(finds("का", "की"));
}

TEST(SearchTokensTest, ChineseIsCharactersAndTheirPairs) {
  EXPECT_EQ(tokens("我爱北京"), (Tokens{"我", "我爱", "爱", "爱北", "北", "北京", "京"}));
  EXPECT_EQ(tokens("iPhone手机!"), (Tokens{"iphon", "手", "手机", "机"}));
}

// However a dictionary would cut the sentence.
TEST(SearchTokensTest, WhateverStandsInAChineseSentenceIsFound) {
  const std::string sentence = "研究生命起源,我喜欢北京烤鸭";
  for (const char* part :
       {"研究", "研究生", "生命", "命起", "烤鸭", "京", "北京烤鸭", "喜欢 起源"}) {
    EXPECT_TRUE(finds(part, sentence)) << part;
  }
  EXPECT_FALSE(finds("上海", sentence));
  EXPECT_FALSE(finds("源我", sentence));
  EXPECT_FALSE(finds("京北", sentence));
}

TEST(SearchTokensTest, JapaneseAndKoreanAreFoundInsideTheirSentences) {
  EXPECT_EQ(tokens("タワー"), (Tokens{"タ", "タワ", "ワ", "ワー", "ー"}));
  EXPECT_TRUE(finds("東京", "昨日は東京タワーに行きました"));
  EXPECT_TRUE(finds("タワー", "昨日は東京タワーに行きました"));
  EXPECT_TRUE(finds("ﾀﾜｰ", "昨日は東京タワーに行きました"));
  EXPECT_FALSE(finds("かき", "がぎ"));
  EXPECT_TRUE(finds("학교", "나는 학교에서 공부한다"));
  EXPECT_FALSE(finds("병원", "나는 학교에서 공부한다"));
}

TEST(SearchTokensTest, ThaiLaoKhmerAndBurmeseAreCutByTheirDictionaries) {
  EXPECT_EQ(tokens("ฉันรักภาษาไทย"), (Tokens{"ฉัน", "รัก", "ภาษา", "ไทย"}));
  EXPECT_TRUE(finds("ภาษา", "ฉันรักภาษาไทย"));
  EXPECT_FALSE(finds("โรงเรียน", "ฉันรักภาษาไทย"));
  EXPECT_TRUE(finds("ພາສາ", "ຂ້ອຍຮັກພາສາລາວ"));
  EXPECT_TRUE(finds("ស្រឡាញ់", "ខ្ញុំស្រឡាញ់ភាសាខ្មែរ"));
  EXPECT_GT(tokens("မြန်မာဘာသာစကား").size(), 1U);
}

TEST(SearchTokensTest, EachEmojiAndFlagIsAWord) {
  EXPECT_EQ(tokens("party🎉🎉 time"), (Tokens{"parti", "🎉", "🎉", "time"}));
  EXPECT_TRUE(finds("👍", "👍🏽"));
  EXPECT_TRUE(finds("👩", "👩‍💻 at work"));
  EXPECT_TRUE(finds("❤", "❤️"));
  EXPECT_EQ(tokens("🇩🇪🇫🇷"), (Tokens{"🇩🇪", "🇫🇷"}));
  EXPECT_FALSE(finds("🎉", "party"));
}

TEST(SearchTokensTest, InvalidUtf8IsNoWord) {
  EXPECT_EQ(tokens("a\xFFq \xE4\xB8"), (Tokens{"a", "q"}));
}

TEST(SearchTokensTest, ALongWordCountsByItsBeginning) {
  const std::string digits(100, '7');
  EXPECT_EQ(tokens(digits), Tokens{std::string(kSearchTokenBytesMax, '7')});
  EXPECT_TRUE(finds(digits, digits + "8"));
  std::string cyrillic = "x1";
  for (int i = 0; i < 100; ++i) cyrillic += "ж";
  std::string beginning = cyrillic.substr(0, kSearchTokenBytesMax);
  EXPECT_EQ(tokens(cyrillic), Tokens{beginning});
  EXPECT_EQ(tokens(cyrillic.substr(1)).at(0), cyrillic.substr(1, kSearchTokenBytesMax - 1));
}

TEST(SearchTokensTest, TheLongestMessageIsIndexedWholeAndNothingBeyond) {
  std::string chinese;
  for (int i = 0; i < 4'000; ++i) chinese += "中";
  EXPECT_EQ(tokens(chinese).size(), 7'999U);
  EXPECT_EQ(tokens(chinese + chinese).size(), kSearchTokensMax);
  std::string plain;
  for (std::size_t i = 0; i < 2 * kSearchTokensMax; ++i) plain += "a ";
  EXPECT_EQ(tokens(plain).size(), kSearchTokensMax);
}

// A dash that is not ASCII sends the same text the long way.
TEST(SearchTokensTest, AsciiGivesTheSameTokensWithoutIcu) {
  std::mt19937 random(4);
  std::uniform_int_distribution<int> any(0, 0x7f);
  std::uniform_int_distribution<int> length(0, 200);
  std::uniform_int_distribution<int> letters('a' - 3, 'z' + 3);
  for (int i = 0; i < 3'000; ++i) {
    std::string text;
    for (int left = length(random); left > 0; --left) {
      text += static_cast<char>(i % 2 ? any(random) : letters(random));
    }
    ASSERT_EQ(tokens(text), tokens(text + " —")) << testing::PrintToString(text);
  }
}

TEST(SearchTokensTest, ManyThreadsGetTheSame) {
  const std::string text = "Running Ärger 北京 ฉันรักภาษาไทย 🎉";
  const Tokens expected = tokens(text);
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int turn = 0; turn < 100; ++turn) ASSERT_EQ(tokens(text), expected);
    });
  }
  for (std::thread& thread : threads) thread.join();
}

}  // namespace
}  // namespace hubbub
