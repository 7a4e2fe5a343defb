#include "session/session_census.h"

#include <gtest/gtest.h>

namespace hubbub {
namespace {

TEST(SessionCensusTest, GivesEachSessionANumberOfItsOwn) {
  SessionCensus census;
  EXPECT_EQ(census.enter(), 1);
  census.leave();
  EXPECT_EQ(census.enter(), 2);
  EXPECT_EQ(census.open(), 1);
}

TEST(SessionCensusTest, KnowsTheMostAtOnceSinceItWasAsked) {
  SessionCensus census;
  for (int i = 0; i < 3; ++i) census.enter();
  census.leave();
  EXPECT_EQ(census.take_peak(), 3);
  EXPECT_EQ(census.take_peak(), 2);
  census.leave();
  census.enter();
  EXPECT_EQ(census.take_peak(), 2);
}

TEST(SessionCensusTest, TakesBackAPeakThatNobodyUsed) {
  SessionCensus census;
  census.enter();
  census.enter();
  const auto peak = census.take_peak();
  census.leave();
  census.raise_peak(peak);
  EXPECT_EQ(census.take_peak(), 2);
  EXPECT_EQ(census.take_peak(), 1);
}

}  // namespace
}  // namespace hubbub
