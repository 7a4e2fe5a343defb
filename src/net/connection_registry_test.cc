#include "net/connection_registry.h"

#include <gtest/gtest.h>

namespace hubbub {
namespace {

class ConnectionRegistryTest : public ::testing::Test {
 protected:
  void tick() {
    reactor.context().restart();
    reactor.context().run_one();
  }

  ManualClock clock;
  Reactor reactor{0};
  ConnectionRegistry registry{reactor, clock};
};

TEST_F(ConnectionRegistryTest, CountsTheSecondsInWhichItsThreadRan) {
  registry.start();
  for (int i = 0; i < 8; ++i) {
    clock.advance(std::chrono::milliseconds(500));
    tick();
  }
  EXPECT_EQ(registry.now_s(), 4U);
}

TEST_F(ConnectionRegistryTest, NobodyHasBeenSilentWhileItsThreadWasHeldUp) {
  registry.start();
  clock.advance(std::chrono::hours(8));
  tick();
  EXPECT_EQ(registry.now_s(), 0U);
  clock.advance(std::chrono::milliseconds(1'000));
  tick();
  EXPECT_EQ(registry.now_s(), 1U);
}

TEST_F(ConnectionRegistryTest, AStopHasItsTimeAllTheSame) {
  registry.start();
  registry.go_away(CloseCode::kGoingAway, {}, std::chrono::seconds(5), nullptr);
  clock.advance(std::chrono::seconds(60));
  tick();
  EXPECT_EQ(registry.now_s(), 60U);
}

}  // namespace
}  // namespace hubbub
