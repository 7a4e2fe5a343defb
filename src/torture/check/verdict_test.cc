#include "torture/check/verdict.h"

#include <gtest/gtest.h>

#include <set>

namespace hubbub::torture {
namespace {

std::string nothing() { return ""; }

TEST(VerdictTest, TheSummaryIsOneLine) {
  Verdict verdict;
  verdict.acknowledged = 8'412;
  EXPECT_EQ(summary(verdict, 6),
            "killed 6 times, 8,412 acknowledged, 0 lost, 0 doubled, 0 out of order");
}

TEST(VerdictTest, ThousandsAreSeparated) {
  Verdict verdict;
  for (const auto& [number, text] : {std::pair{0ULL, "0"},
                                     {999ULL, "999"},
                                     {1'000ULL, "1,000"},
                                     {123'456ULL, "123,456"},
                                     {1'234'567ULL, "1,234,567"}}) {
    verdict.acknowledged = number;
    EXPECT_EQ(summary(verdict, 1), std::string("killed 1 time, ") + text +
                                       " acknowledged, 0 lost, 0 doubled, 0 out of order");
  }
}

TEST(VerdictTest, WhatElseWasFoundIsNamedAndSoIsTheFolder) {
  Verdict verdict;
  verdict.findings.add(Kind::kLost, nothing);
  verdict.findings.add(Kind::kGap, nothing);
  for (int i = 0; i < 1'200; ++i) verdict.findings.add(Kind::kNotShown, nothing);
  EXPECT_EQ(summary(verdict, 0, "there"),
            "killed 0 times, 0 acknowledged, 1 lost, 0 doubled, 0 out of order, 1 gap, 1,200 not "
            "shown; all that was noted is in there");
}

TEST(VerdictTest, OneFindingOfAnyKindIsNotClean) {
  for (std::size_t i = 0; i < kKinds; ++i) {
    Verdict verdict;
    EXPECT_TRUE(verdict.is_clean());
    verdict.findings.add(static_cast<Kind>(i), nothing);
    EXPECT_FALSE(verdict.is_clean());
  }
}

TEST(VerdictTest, EveryKindHasAWordOfItsOwn) {
  std::set<std::string_view> words;
  for (std::size_t i = 0; i < kKinds; ++i) words.insert(word_of(static_cast<Kind>(i)));
  EXPECT_EQ(words.size(), kKinds);
  EXPECT_EQ(word_of(Kind::kLost), "lost");
  EXPECT_EQ(word_of(Kind::kDoubled), "doubled");
  EXPECT_EQ(word_of(Kind::kOutOfOrder), "out_of_order");
  EXPECT_EQ(word_of(Kind::kConflictingAck), "conflicting_ack");
  EXPECT_EQ(word_of(Kind::kMalformed), "malformed");
}

}  // namespace
}  // namespace hubbub::torture
