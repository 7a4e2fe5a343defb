#include "net/flush_schedule.h"

#include <gmock/gmock.h>

#include <vector>

namespace hubbub {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class FlushScheduleTest : public testing::Test {
 protected:
  struct Item final : Flushable {
    Item(int id, std::vector<int>& flushed) : id(id), flushed(flushed) {}
    void flush() override {
      flushed.push_back(id);
      if (then) then();
    }
    int id;
    std::vector<int>& flushed;
    std::function<void()> then;
  };

  // Runs what is ready, and says who was flushed by it.
  std::vector<int> run() {
    flushed.clear();
    reactor.run_ready();
    return flushed;
  }
  // Blocks until the timer fires; there is nothing else to run.
  std::vector<int> run_timer() {
    flushed.clear();
    reactor.context().restart();
    reactor.context().run_one();
    return flushed;
  }

  static constexpr std::chrono::milliseconds kInterval{5};
  Reactor reactor{0};
  ManualClock clock;
  Counter flushes;
  FlushSchedule schedule{reactor, clock, kInterval, flushes};
  std::vector<int> flushed;
  Item one{1, flushed};
  Item two{2, flushed};
  Item three{3, flushed};
};

TEST_F(FlushScheduleTest, TheFirstFlushAfterQuietRunsAtOnce) {
  schedule.mark(one);
  EXPECT_THAT(run(), ElementsAre(1));
  clock.advance(kInterval);
  schedule.mark(one);
  EXPECT_THAT(run(), ElementsAre(1));
}

TEST_F(FlushScheduleTest, ItRunsBehindWhatIsReadyAlready) {
  reactor.post([this] { schedule.mark(one); });
  reactor.post([this] { schedule.mark(two); });
  EXPECT_THAT(run(), ElementsAre(1, 2));
  EXPECT_EQ(flushes.value(), 1U);
}

TEST_F(FlushScheduleTest, HoweverOftenMarkedAnItemIsFlushedOnce) {
  for (int i = 0; i < 5; ++i) schedule.mark(one);
  EXPECT_THAT(run(), ElementsAre(1));
  EXPECT_THAT(run(), IsEmpty());
}

TEST_F(FlushScheduleTest, TheNextFlushWaitsForTheInterval) {
  schedule.mark(one);
  run();
  clock.advance(std::chrono::milliseconds(4));
  schedule.mark(one);
  schedule.mark(two);
  EXPECT_THAT(run(), IsEmpty());
  EXPECT_THAT(run_timer(), ElementsAre(1, 2));
  EXPECT_EQ(flushes.value(), 2U);
}

TEST_F(FlushScheduleTest, UrgentOnesAreFlushedFirst) {
  schedule.mark(one);
  schedule.mark(two);
  schedule.mark_first(three);
  schedule.mark_first(two);
  EXPECT_THAT(run(), ElementsAre(2, 3, 1));
}

TEST_F(FlushScheduleTest, WhatIsMarkedDuringAFlushWaitsForTheNext) {
  one.then = [this] { schedule.mark(one); };
  schedule.mark(one);
  schedule.mark(two);
  EXPECT_THAT(run(), ElementsAre(1, 2));
  one.then = nullptr;
  EXPECT_THAT(run_timer(), ElementsAre(1));
}

TEST_F(FlushScheduleTest, AnItemThatGoesIsForgotten) {
  auto doomed = std::make_unique<Item>(9, flushed);
  schedule.mark(one);
  schedule.mark(*doomed);
  schedule.mark(two);
  one.then = [&doomed] { doomed.reset(); };
  EXPECT_THAT(run(), ElementsAre(1, 2));
}

TEST_F(FlushScheduleTest, ALongFlushLetsOthersRunInBetween) {
  std::vector<std::unique_ptr<Item>> items;
  for (int i = 0; i < 2000; ++i)
    schedule.mark(*items.emplace_back(std::make_unique<Item>(i, flushed)));
  std::size_t seen = 0;
  items[0]->then = [&] { reactor.post([&] { seen = flushed.size(); }); };
  EXPECT_EQ(run().size(), 2000U);
  EXPECT_GT(seen, 0U);
  EXPECT_LT(seen, 2000U);
  EXPECT_EQ(flushes.value(), 1U);
}

}  // namespace
}  // namespace hubbub
