// A loss, a repetition and a swap are told apart, and none of them passes.
#include "load/journal.h"

#include <gtest/gtest.h>

namespace hubbub::bench {
namespace {

using Verdict = Journal::Verdict;

class JournalTest : public ::testing::Test {
 protected:
  JournalTest() { EXPECT_TRUE(journal.begin_after(40)); }

  // What somebody who has everything up to `position` makes of an entry.
  Verdict given(std::uint64_t position, std::uint64_t seq, const std::string& name) {
    return journal.receive(position, seq, name);
  }

  Journal journal;
};

constexpr auto kA = "000000000000";
constexpr auto kB = "000000000001";
constexpr auto kC = "000000000002";

TEST_F(JournalTest, WhatComesInOrderIsTheNext) {
  EXPECT_EQ(given(40, 41, kA), Verdict::kNext);
  EXPECT_EQ(given(41, 42, kB), Verdict::kNext);
  EXPECT_EQ(given(40, 41, kA), Verdict::kNext) << "a second one, who is behind";
  EXPECT_EQ(journal.last_seq(), 42U);
}

TEST_F(JournalTest, AnEntryThatNeverCameIsMissed) {
  EXPECT_EQ(given(40, 42, kB), Verdict::kMissed);
  EXPECT_EQ(given(40, 41, kA), Verdict::kNext);
  EXPECT_EQ(given(41, 43, kC), Verdict::kMissed);
}

TEST_F(JournalTest, AnEntryThatComesTwiceIsRepeated) {
  EXPECT_EQ(given(40, 41, kA), Verdict::kNext);
  EXPECT_EQ(given(41, 41, kA), Verdict::kRepeated);
  EXPECT_EQ(given(41, 40, kA), Verdict::kRepeated);
}

TEST_F(JournalTest, AllHaveTheSameMessageAtOneSeq) {
  EXPECT_EQ(given(40, 41, kA), Verdict::kNext);
  EXPECT_EQ(given(40, 41, kB), Verdict::kOther);
}

TEST_F(JournalTest, NobodyIsAheadOfAllOthers) {
  EXPECT_EQ(given(50, 51, kA), Verdict::kMissed);
  EXPECT_EQ(given(39, 40, kA), Verdict::kMissed) << "before all began";
}

TEST_F(JournalTest, AllBeginAtTheSameEnd) {
  EXPECT_TRUE(journal.begin_after(40));
  EXPECT_FALSE(journal.begin_after(41));
}

TEST_F(JournalTest, AgreesWithALedgerOfTheSameMessagesOnly) {
  Ledger ledger(1);
  for (std::size_t i = 0; i < 2; ++i) {
    const auto name = ledger.book(0, {});
    ASSERT_NE(ledger.receive(i, name), nullptr);
  }
  EXPECT_FALSE(journal.agrees_with(ledger)) << "none came";
  EXPECT_EQ(given(40, 41, kA), Verdict::kNext);
  EXPECT_FALSE(journal.agrees_with(ledger)) << "one came";
  EXPECT_EQ(given(41, 42, kB), Verdict::kNext);
  EXPECT_TRUE(journal.agrees_with(ledger));

  Journal other;
  ASSERT_TRUE(other.begin_after(0));
  EXPECT_EQ(other.receive(0, 1, kA), Verdict::kNext);
  EXPECT_EQ(other.receive(1, 2, kC), Verdict::kNext);
  EXPECT_FALSE(other.agrees_with(ledger)) << "another one came";
}

}  // namespace
}  // namespace hubbub::bench
