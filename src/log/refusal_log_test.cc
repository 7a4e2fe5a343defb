#include "log/refusal_log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hubbub {
namespace {

using std::chrono::seconds;
using testing::ElementsAre;

class RefusalLogTest : public testing::Test {
 protected:
  void refuse(const std::string& name) {
    clock.advance(seconds(1));
    log.add(person(name), clock.now());
    log.publish();
  }
  static Author person(const std::string& name) { return {UserId{name + "-id"}, name}; }
  std::vector<std::string> names() const {
    std::vector<std::string> names;
    for (const auto& sender : log.recent()) names.push_back(sender.user.username);
    return names;
  }

  ManualClock clock;
  RefusalLog log{2};
};

TEST_F(RefusalLogTest, IsEmptyAtFirst) { EXPECT_TRUE(log.recent().empty()); }

TEST_F(RefusalLogTest, CountsEachPersonAndKnowsTheLastTime) {
  refuse("alice");
  refuse("bob");
  refuse("alice");
  EXPECT_THAT(log.recent(), ElementsAre(RefusedSender{person("alice"), 2, clock.now()},
                                        RefusedSender{person("bob"), 1, clock.now() - seconds(1)}));
}

TEST_F(RefusalLogTest, ForgetsWhoWasRefusedLongestAgo) {
  refuse("alice");
  refuse("bob");
  refuse("alice");
  refuse("carol");
  EXPECT_THAT(names(), ElementsAre("carol", "alice"));
}

TEST_F(RefusalLogTest, KnowsTheNewestNameOfAPerson) {
  log.add({UserId{"1"}, "old"}, clock.now());
  log.add({UserId{"1"}, "new"}, clock.now());
  log.publish();
  EXPECT_THAT(names(), ElementsAre("new"));
}

TEST_F(RefusalLogTest, ShowsABatchAtOnce) {
  log.add(person("alice"), clock.now());
  EXPECT_TRUE(log.recent().empty());
  log.publish();
  EXPECT_THAT(names(), ElementsAre("alice"));
}

}  // namespace
}  // namespace hubbub
