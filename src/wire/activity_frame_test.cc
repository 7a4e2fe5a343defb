// Exact bytes, as docs/protocol.md shows them.
#include "wire/activity_frame.h"

#include <gtest/gtest.h>

namespace hubbub {
namespace {

TEST(ActivityFrameTest, SaysTheFiguresWithRatesOfOneDecimal) {
  const v1::Activity activity{
      Time{std::chrono::seconds(1'767'323'045)}, 3, 2, 12.34, 1'000'000.0, 0.06, 5, 70'000'000};
  EXPECT_EQ(v1::activity(activity)->payload(),
            R"({"type":"activity","sender":"Server","payload":{"at":"2026-01-02T03:04:05Z",)"
            R"("connections":3,"users_online":2,"messages_per_second":12.3,)"
            R"("deliveries_per_second":1000000.0,"refused_per_second":0.1,"log_waiting":5,)"
            R"("memory_bytes":70000000}})");
}

TEST(ActivityFrameTest, SaysThatNoMoreFollow) {
  EXPECT_EQ(v1::activity_unwatched()->payload(),
            R"({"type":"activity_unwatched","sender":"Server","payload":{}})");
}

}  // namespace
}  // namespace hubbub
