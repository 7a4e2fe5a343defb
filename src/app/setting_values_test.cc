#include "app/setting_values.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hubbub {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;

TEST(SettingValuesTest, ADurationHasAUnitOrCountsSeconds) {
  EXPECT_EQ(parse_duration("5ms").value(), 5ms);
  EXPECT_EQ(parse_duration("30s").value(), 30s);
  EXPECT_EQ(parse_duration("10m").value(), 10min);
  EXPECT_EQ(parse_duration("12h").value(), 12h);
  EXPECT_EQ(parse_duration("7d").value(), 7 * 24h);
  EXPECT_EQ(parse_duration("90").value(), 90s);
  EXPECT_EQ(parse_duration("0").value(), 0s);
}

TEST(SettingValuesTest, ADurationIsAtMostAHundredYears) {
  EXPECT_EQ(parse_duration("36500d").value(), 36'500 * 24h);
  for (const auto* text : {"36501d", "9223372036854775807d", "99999999999999999999"}) {
    EXPECT_FALSE(parse_duration(text)) << text;
  }
}

TEST(SettingValuesTest, RefusesWhatIsNoDuration) {
  for (const auto* text : {"", "s", "-1s", "1.5h", "1 h", "1H", "1min", "5ms ", " 5ms", "+5s"}) {
    EXPECT_FALSE(parse_duration(text)) << text;
  }
}

TEST(SettingValuesTest, SizesCountInPowersOfTwo) {
  EXPECT_EQ(parse_bytes("65536").value(), 65'536U);
  EXPECT_EQ(parse_bytes("64KiB").value(), 65'536U);
  EXPECT_EQ(parse_bytes("16MiB").value(), 16U * 1'048'576U);
  EXPECT_EQ(parse_bytes("1048576MiB").value(), std::size_t{1} << 40);
  for (const auto* text : {"", "KiB", "64kb", "64KB", "-1", "1.5MiB", "1048577MiB", "64 KiB"}) {
    EXPECT_FALSE(parse_bytes(text)) << text;
  }
}

TEST(SettingValuesTest, ANumberStaysWithinItsBounds) {
  EXPECT_EQ(parse_integer("1", 1, 256).value(), 1);
  EXPECT_EQ(parse_integer("256", 1, 256).value(), 256);
  for (const auto* text : {"0", "257", "", "x", "1x", "-1", "1.0", "99999999999999999999"}) {
    EXPECT_FALSE(parse_integer(text, 1, 256)) << text;
  }
  EXPECT_EQ(parse_integer("0", 1, 256).error().detail, "must be a number from 1 to 256");
}

TEST(SettingValuesTest, AListLeavesOutSpacesAndEmptyParts) {
  EXPECT_THAT(parse_list("a,b"), ElementsAre("a", "b"));
  EXPECT_THAT(parse_list(" a b , ,c,"), ElementsAre("a b", "c"));
  EXPECT_THAT(parse_list(""), IsEmpty());
  EXPECT_THAT(parse_list(" , "), IsEmpty());
}

}  // namespace
}  // namespace hubbub
