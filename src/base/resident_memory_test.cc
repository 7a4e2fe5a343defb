#include "base/resident_memory.h"

#include <gtest/gtest.h>

#include <vector>

namespace hubbub {
namespace {

TEST(ResidentMemoryTest, GrowsByWhatIsTouched) {
  constexpr std::int64_t kMany = 64 << 20;
  const auto before = resident_memory_bytes();
  EXPECT_GT(before, 0);
  const std::vector<char> touched(kMany, 'x');
  EXPECT_GE(resident_memory_bytes(), before + kMany / 2);
  EXPECT_EQ(touched.back(), 'x');
}

}  // namespace
}  // namespace hubbub
