#include "base/bounded_cache.h"

#include <gtest/gtest.h>

#include <string>

namespace hubbub {
namespace {

TEST(BoundedCacheTest, KeepsWhatWasUsedLast) {
  BoundedCache<int, std::string> cache(2);
  cache.put(1, "one");
  cache.put(2, "two");
  EXPECT_EQ(cache.find(1), "one");
  cache.put(3, "three");
  EXPECT_FALSE(cache.find(2));
  EXPECT_EQ(cache.find(1), "one");
  EXPECT_EQ(cache.find(3), "three");
  EXPECT_EQ(cache.size(), 2U);
}

TEST(BoundedCacheTest, AddsWhatIsNotThere) {
  BoundedCache<int, std::string> cache(1);
  EXPECT_TRUE(cache.add(1, "one"));
  EXPECT_FALSE(cache.add(1, "uno"));
  EXPECT_EQ(cache.find(1), "one");
  EXPECT_TRUE(cache.add(2, "two"));
  EXPECT_TRUE(cache.add(1, "one")) << "forgotten meanwhile";
}

TEST(BoundedCacheTest, ReplacesAndForgets) {
  BoundedCache<int, std::string> cache(2);
  cache.put(1, "one");
  cache.put(1, "uno");
  EXPECT_EQ(cache.find(1), "uno");
  EXPECT_EQ(cache.size(), 1U);
  cache.erase(1);
  cache.erase(1);
  EXPECT_FALSE(cache.find(1));
}

}  // namespace
}  // namespace hubbub
