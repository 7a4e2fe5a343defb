#include "base/clock.h"

#include <gtest/gtest.h>

namespace hubbub {
namespace {

using namespace std::chrono_literals;

TEST(FormatTimeTest, CutsTrailingZerosOfTheFraction) {
  const Time time{1'767'323'045s};
  EXPECT_EQ(format_time(time), "2026-01-02T03:04:05Z");
  EXPECT_EQ(format_time(time + 123'456us), "2026-01-02T03:04:05.123456Z");
  EXPECT_EQ(format_time(time + 120'000us), "2026-01-02T03:04:05.12Z");
  EXPECT_EQ(format_time(time + 1us), "2026-01-02T03:04:05.000001Z");
}

TEST(FormatTimeTest, KeepsZerosThatAreNotAFraction) {
  EXPECT_EQ(format_time(Time{}), "1970-01-01T00:00:00Z");
  EXPECT_EQ(format_time(Time{1'767'323'040s}), "2026-01-02T03:04:00Z");
}

TEST(FormatTimeTest, KnowsTheCalendar) {
  EXPECT_EQ(format_time(Time{951'782'399s}), "2000-02-28T23:59:59Z");
  EXPECT_EQ(format_time(Time{951'782'400s}), "2000-02-29T00:00:00Z");
  EXPECT_EQ(format_time(Time{-1us}), "1969-12-31T23:59:59.999999Z");
}

TEST(ManualClockTest, MovesBothTimesTogether) {
  ManualClock clock;
  const auto wall = clock.now();
  const auto steady = clock.steady_now();
  clock.advance(90s);
  EXPECT_EQ(clock.now() - wall, 90s);
  EXPECT_EQ(clock.steady_now() - steady, 90s);
}

}  // namespace
}  // namespace hubbub
