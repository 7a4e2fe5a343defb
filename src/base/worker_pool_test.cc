#include "base/worker_pool.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>

namespace hubbub {
namespace {

// A pool of one thread and room for two jobs, whose thread can be held up.
class WorkerPoolTest : public testing::Test {
 protected:
  ~WorkerPoolTest() override {
    if (is_held) let_go();
  }
  void hold() {
    is_held = true;
    ASSERT_TRUE(pool.submit([this] {
      started.set_value();
      gate.get_future().wait();
    }));
    started.get_future().wait();
  }
  void let_go() {
    is_held = false;
    gate.set_value();
  }
  bool submit() {
    return pool.submit([this] { ++jobs_done; });
  }

  std::promise<void> started, gate;
  bool is_held = false;
  std::atomic<int> jobs_done = 0;
  WorkerPool pool{1, 2};
};

TEST_F(WorkerPoolTest, RefusesWhatIsTooMany) {
  hold();
  EXPECT_TRUE(submit());
  EXPECT_TRUE(submit());
  EXPECT_FALSE(submit());
  EXPECT_EQ(pool.waiting(), 2U);
  let_go();
  pool.stop();
  EXPECT_EQ(jobs_done, 2);
}

TEST_F(WorkerPoolTest, StopFinishesWhatWaitsAndRefusesMore) {
  WorkerPool roomy(1, 1'000'000);
  ASSERT_TRUE(roomy.submit([this] { gate.get_future().wait(); }));
  ASSERT_TRUE(roomy.submit([this] { ++jobs_done; }));
  int accepted = 1;
  std::thread stopper([&roomy] { roomy.stop(); });
  while (roomy.submit([this] { ++jobs_done; })) ++accepted;
  gate.set_value();
  stopper.join();
  EXPECT_EQ(jobs_done, accepted);
  roomy.stop();
}

TEST_F(WorkerPoolTest, WhatWaitsCanBeForgotten) {
  hold();
  EXPECT_TRUE(submit());
  EXPECT_TRUE(submit());
  pool.drop_waiting();
  EXPECT_EQ(pool.waiting(), 0U);
  let_go();
  pool.stop();
  EXPECT_EQ(jobs_done, 0);
}

TEST_F(WorkerPoolTest, BringsAResultHomeToItsReactor) {
  Reactor home{0};
  std::thread::id worked_on;
  int answer = 0;
  const auto work = [&] {
    worked_on = std::this_thread::get_id();
    return 42;
  };
  ASSERT_TRUE(pool.run(home, work, [&](int result) { answer = result; }));
  pool.stop();
  EXPECT_EQ(answer, 0) << "only the reactor runs it";
  home.run_ready();
  EXPECT_EQ(answer, 42);
  EXPECT_NE(worked_on, std::this_thread::get_id());
}

}  // namespace
}  // namespace hubbub
