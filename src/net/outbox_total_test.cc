#include "net/outbox_total.h"

#include <gtest/gtest.h>

#include <string>

namespace hubbub {
namespace {

constexpr auto kPlaceBytes = static_cast<std::int64_t>(sizeof(FrameLane::Entry));

TEST(OutboxTotalTest, CountsAFrameOnceAsLongAsItIsAlive) {
  Gauge places;
  const auto before = Frame::bytes_alive();
  const OutboxTotal total(static_cast<std::size_t>(before) + 1'000'000, places);
  auto frame = Frame::text(std::string(600'000, 'x'));
  const auto again = frame;
  EXPECT_GE(Frame::bytes_alive(), before + 600'000);
  EXPECT_FALSE(total.is_full());
  auto second = Frame::text(std::string(600'000, 'x'));
  EXPECT_TRUE(total.is_full());
  frame.reset();
  EXPECT_TRUE(total.is_full()) << "somebody else still has it";
  second.reset();
  EXPECT_FALSE(total.is_full());
  EXPECT_LT(Frame::bytes_alive(), before + 700'000);
}

TEST(OutboxTotalTest, CountsThePlacesOfAllReactors) {
  Gauge places;
  const auto before = static_cast<std::size_t>(Frame::bytes_alive());
  OutboxTotal one(before + 3'000'000, places);
  const OutboxTotal other(before + 3'000'000, places);
  one.add(2'900'000 / kPlaceBytes);
  EXPECT_FALSE(other.is_full());
  one.add(200'000 / kPlaceBytes);
  EXPECT_TRUE(one.is_full());
  EXPECT_TRUE(other.is_full());
  one.add(-200'000 / kPlaceBytes);
  EXPECT_FALSE(one.is_full());
  EXPECT_FALSE(other.is_full());
}

TEST(OutboxTotalTest, TellsTheOthersInPieces) {
  Gauge places;
  {
    OutboxTotal total(1, places);
    total.add(1);
    EXPECT_EQ(places.value(), 0);
    total.add(100'000);
    EXPECT_EQ(places.value(), 100'001 * kPlaceBytes);
    total.add(-1);
  }
  EXPECT_EQ(places.value(), 100'000 * kPlaceBytes) << "the end of a reactor is told too";
}

}  // namespace
}  // namespace hubbub
