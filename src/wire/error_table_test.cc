#include "wire/error_table.h"

#include <gtest/gtest.h>

#include <set>

namespace hubbub {
namespace {

TEST(ErrorTableTest, HasARowForEachCodeInItsOrder) {
  const auto rows = error_table();
  ASSERT_EQ(rows.size(), static_cast<std::size_t>(Code::kInternal) + 1);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    EXPECT_EQ(rows[i].code, static_cast<Code>(i)) << rows[i].name;
    EXPECT_EQ(&error_row(rows[i].code), &rows[i]);
  }
}

TEST(ErrorTableTest, EveryRowIsWholeAndItsNameItsOwn) {
  std::set<std::string_view> names;
  for (const auto& row : error_table()) {
    EXPECT_TRUE(names.insert(row.name).second) << row.name;
    EXPECT_FALSE(row.text.empty()) << row.name;
    EXPECT_GE(row.http_status, 400) << row.name;
    EXPECT_LE(row.http_status, 503) << row.name;
    EXPECT_EQ(row.name.find_first_not_of("abcdefghijklmnopqrstuvwxyz_"), std::string_view::npos);
  }
}

TEST(ErrorTableTest, OnlyWhatMayPassLaterIsWorthARetry) {
  for (const auto& row : error_table()) {
    EXPECT_EQ(row.may_retry, row.http_status == 429 || row.http_status >= 500) << row.name;
  }
}

TEST(ErrorTableTest, ShowsADetailToTheSenderOnlyWhereItWasWrittenForThem) {
  EXPECT_EQ(error_text({Code::kInvalid, "limit must be 1 to 200"}), "limit must be 1 to 200");
  EXPECT_EQ(error_text({Code::kConflict}), "This name is taken.");
  EXPECT_EQ(error_text({Code::kForbidden, "not over one's equals"}), "not over one's equals");
  EXPECT_EQ(error_text({Code::kInternal, "disk I/O error in /data"}), "Internal Server Error");
  EXPECT_EQ(error_text({Code::kUnavailable, "database is locked"}),
            "Not stored just now; try again.");
  EXPECT_EQ(error_text({Code::kUnauthorized, "signature is not valid"}), "Unauthorized");
}

}  // namespace
}  // namespace hubbub
