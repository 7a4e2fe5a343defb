#include "rest/page_query.h"

#include <gtest/gtest.h>

namespace hubbub {
namespace {

// "<limit> <offset>", or the refusal.
std::string page(const FormFields& query) {
  const auto page = read_page(query);
  if (!page) return page.error().detail;
  return std::to_string(page->limit) + " " + std::to_string(page->offset);
}

template <class T>
std::string told(const Result<T>& result) {
  if (!result) return result.error().detail;
  if constexpr (requires { result->has_value(); }) {
    return *result ? std::to_string(**result) : "nothing";
  } else {
    return std::to_string(*result);
  }
}

TEST(PageQueryTest, APageHas50UnlessSaidOtherwiseAnd500AtMost) {
  EXPECT_EQ(page({}), "50 0");
  EXPECT_EQ(page({{"limit", ""}, {"offset", ""}}), "50 0");
  EXPECT_EQ(page({{"limit", "1"}, {"offset", "7"}}), "1 7");
  EXPECT_EQ(page({{"limit", "500"}}), "500 0");
  EXPECT_EQ(page({{"limit", "501"}}), "500 0");
  EXPECT_EQ(page({{"limit", "9223372036854775807"}}), "500 0");
}

TEST(PageQueryTest, ABadPageIsRefusedInTheOldServersWords) {
  for (const auto* limit : {"0", "-1", "x", "1.5", "1 ", "+1", "9223372036854775808"}) {
    EXPECT_EQ(page({{"limit", limit}}), "Invalid 'limit' query parameter") << limit;
  }
  for (const auto* offset : {"-1", "x", "1000001", "9223372036854775808"}) {
    EXPECT_EQ(page({{"offset", offset}}), "Invalid 'offset' query parameter") << offset;
  }
  EXPECT_EQ(page({{"offset", "1000000"}}), "50 1000000");
}

TEST(PageQueryTest, BeforeIsAnId) {
  EXPECT_EQ(told(read_before_id({})), "nothing");
  EXPECT_EQ(told(read_before_id({{"before_id", "7"}})), "7");
  for (const auto* id : {"0", "-1", "x"}) {
    EXPECT_EQ(told(read_before_id({{"before_id", id}})), "Invalid 'before_id' query parameter");
  }
}

TEST(PageQueryTest, DaysAreAYearAtMost) {
  EXPECT_EQ(told(read_days({}, 7)), "7");
  EXPECT_EQ(told(read_days({{"days", "1"}}, 7)), "1");
  EXPECT_EQ(told(read_days({{"days", "366"}}, 7)), "366");
  for (const auto* days : {"0", "-1", "367", "x"}) {
    EXPECT_EQ(told(read_days({{"days", days}}, 7)), "Invalid 'days' query parameter") << days;
  }
}

TEST(PageQueryTest, AnIdMustBeThere) {
  EXPECT_EQ(told(read_id({{"ban_id", "25"}}, "ban_id")), "25");
  EXPECT_EQ(told(read_id({}, "ban_id")), "Missing ban_id parameter");
  EXPECT_EQ(told(read_id({{"ban_id", ""}}, "ban_id")), "Missing ban_id parameter");
  EXPECT_EQ(told(read_id({{"ban_id", "x"}}, "ban_id")), "Invalid ban_id");
}

TEST(PageQueryTest, AFlagIsOneOrTrue) {
  EXPECT_TRUE(is_set({{"purge", "1"}}, "purge"));
  EXPECT_TRUE(is_set({{"purge", "true"}}, "purge"));
  EXPECT_FALSE(is_set({{"purge", "0"}}, "purge"));
  EXPECT_FALSE(is_set({}, "purge"));
  EXPECT_TRUE(has_field({{"search", ""}}, "search"));
  EXPECT_FALSE(has_field({{"other", "search"}}, "search"));
}

}  // namespace
}  // namespace hubbub
