#include "app/data_dir.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "store/temporary_folder.h"

namespace hubbub {
namespace {

using testing::HasSubstr;

class DataDirTest : public testing::Test {
 protected:
  std::string complaint(const std::string& of) const {
    const auto opened = DataDir::open(of);
    return opened ? "none" : opened.error().detail;
  }

  TemporaryFolder folder;
  const std::string path = folder.path() + "/made/for/us";
};

TEST_F(DataDirTest, IsMadeForItsOwnerAlone) {
  ASSERT_TRUE(DataDir::open(path));
  EXPECT_EQ(std::filesystem::status(path).permissions(), std::filesystem::perms::owner_all);
}

TEST_F(DataDirTest, KeepsTheModeOfOneThatWasThere) {
  std::filesystem::permissions(folder.path(), std::filesystem::perms(0750));
  ASSERT_TRUE(DataDir::open(folder.path()));
  EXPECT_EQ(std::filesystem::status(folder.path()).permissions(), std::filesystem::perms(0750));
}

TEST_F(DataDirTest, BelongsToOneServerAtATime) {
  {
    const auto first = DataDir::open(path);
    ASSERT_TRUE(first);
    EXPECT_THAT(complaint(path), HasSubstr("Another Hubbub runs on the data directory " + path));
  }
  EXPECT_EQ(complaint(path), "none") << "free again";
}

TEST_F(DataDirTest, ItsLockMovesWithIt) {
  auto first = DataDir::open(path);
  ASSERT_TRUE(first);
  const DataDir moved = std::move(*first);
  EXPECT_NE(complaint(path), "none");
}

TEST_F(DataDirTest, SaysWhyItCannotBeMade) {
  std::ofstream(folder.path() + "/file") << "x";
  EXPECT_THAT(complaint(folder.path() + "/file/data"), HasSubstr("cannot be made"));
}

}  // namespace
}  // namespace hubbub
