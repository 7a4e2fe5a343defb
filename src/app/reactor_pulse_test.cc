#include "app/reactor_pulse.h"

#include <gtest/gtest.h>

namespace hubbub {
namespace {

TEST(ReactorPulseTest, OneReactorThatIsStuckIsNoticedAndOneThatRecoversToo) {
  std::vector<std::unique_ptr<Reactor>> reactors;
  reactors.push_back(std::make_unique<Reactor>(0));
  reactors.push_back(std::make_unique<Reactor>(1));
  ReactorPulse pulse(reactors);
  EXPECT_TRUE(pulse.beats());
  reactors[0]->run_ready();
  EXPECT_FALSE(pulse.beats());
  EXPECT_FALSE(pulse.beats());
  reactors[1]->run_ready();
  EXPECT_TRUE(pulse.beats());
  EXPECT_FALSE(pulse.beats());
}

}  // namespace
}  // namespace hubbub
