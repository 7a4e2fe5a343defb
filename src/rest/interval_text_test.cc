#include "rest/interval_text.h"

#include <gtest/gtest.h>

namespace hubbub {
namespace {

using namespace std::chrono_literals;

// The wanted texts are PostgreSQL's own, of the same lengths.
TEST(IntervalTextTest, ReadsAsPostgresPrintsIt) {
  EXPECT_EQ(interval_text(0us), "00:00:00");
  EXPECT_EQ(interval_text(1us), "00:00:00.000001");
  EXPECT_EQ(interval_text(1'500ms), "00:00:01.5");
  EXPECT_EQ(interval_text(10s), "00:00:10");
  EXPECT_EQ(interval_text(6h), "06:00:00");
  EXPECT_EQ(interval_text(24h - 1us), "23:59:59.999999");
  EXPECT_EQ(interval_text(24h), "1 day");
  EXPECT_EQ(interval_text(30h - 422us), "1 day 05:59:59.999578");
  EXPECT_EQ(interval_text(48h + 100ms), "2 days 00:00:00.1");
  EXPECT_EQ(interval_text(876'000h), "36500 days");
}

TEST(IntervalTextTest, AClockGoesOnPastADay) {
  EXPECT_EQ(clock_text(0us), "00:00:00");
  EXPECT_EQ(clock_text(90min + 100us), "01:30:00.0001");
  EXPECT_EQ(clock_text(100s), "00:01:40");
  EXPECT_EQ(clock_text(30h), "30:00:00");
  EXPECT_EQ(clock_text(168h - 1us), "167:59:59.999999");
}

}  // namespace
}  // namespace hubbub
