// The waits of docs/protocol.md, Closing.
#include "load/back_off.h"

#include <gtest/gtest.h>

#include "load/retry_after.h"

namespace hubbub::bench {
namespace {

using namespace std::chrono_literals;

// The longest of many waits that this back-off gives after `tries` tries.
std::chrono::milliseconds longest_wait(int tries) {
  std::minstd_rand random{1};
  std::chrono::milliseconds longest{};
  for (int i = 0; i < 1000; ++i) {
    BackOff back_off;
    for (int k = 0; k < tries; ++k) back_off.next(std::nullopt, random);
    longest = std::max(longest, back_off.next(std::nullopt, random));
  }
  return longest;
}

TEST(BackOffTest, TheBoundDoublesUpToHalfAMinute) {
  for (const auto& [tries, bound] :
       {std::pair(0, 500ms), std::pair(1, 1000ms), std::pair(5, 16'000ms), std::pair(6, 30'000ms),
        std::pair(20, 30'000ms)}) {
    EXPECT_LE(longest_wait(tries), bound) << tries;
    EXPECT_GT(longest_wait(tries), bound * 9 / 10) << tries;
  }
}

TEST(BackOffTest, ADelayOfTheServerWins) {
  std::minstd_rand random{1};
  BackOff back_off;
  EXPECT_EQ(back_off.next(12'345ms, random), 12'345ms);
}

TEST(BackOffTest, WhoWasInBeginsAnew) {
  std::minstd_rand random{1};
  BackOff back_off;
  for (int i = 0; i < 10; ++i) back_off.next(std::nullopt, random);
  back_off.reset();
  for (int i = 0; i < 100; ++i) {
    EXPECT_LE(back_off.next(std::nullopt, random), 500ms);
    back_off.reset();
  }
}

TEST(RetryAfterTest, IsReadFromAnAnswerAndFromACloseFrame) {
  constexpr auto kAnswer = "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 7\r\n\r\n";
  EXPECT_EQ(read_status(kAnswer), 503);
  EXPECT_EQ(read_retry_after_header(kAnswer), 7s);
  EXPECT_EQ(read_retry_after_header("HTTP/1.1 503 Service Unavailable\r\n\r\n"), std::nullopt);
  EXPECT_EQ(read_retry_in_ms(R"({"retry_in_ms":250})"), 250ms);
  EXPECT_EQ(read_retry_in_ms("banned"), std::nullopt);
}

}  // namespace
}  // namespace hubbub::bench
