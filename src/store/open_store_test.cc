// What open_store() makes of a URL, and what it tells the operator.
#include <gtest/gtest.h>

#include <filesystem>

#include "store/sqlite/database.h"
#include "store/store.h"
#include "store/temporary_folder.h"

namespace hubbub {
namespace {

std::string refusal(const std::string& url) {
  auto opened = open_store(url);
  if (opened) return "opened";
  EXPECT_EQ(opened.error().code, Code::kUnavailable);
  return opened.error().detail;
}

TEST(OpenStoreTest, APathIsAbsoluteOrRelative) {
  const TemporaryFolder folder;
  EXPECT_EQ(refusal("sqlite:" + folder.path() + "/absolute.db"), "opened");
  EXPECT_TRUE(std::filesystem::exists(folder.path() + "/absolute.db"));
  const std::string relative = std::filesystem::relative(folder.path()).string() + "/relative.db";
  EXPECT_EQ(refusal("sqlite:" + relative), "opened");
  EXPECT_TRUE(std::filesystem::exists(folder.path() + "/relative.db"));
}

TEST(OpenStoreTest, AUrlWithoutADatabaseIsRefused) {
  EXPECT_NE(refusal("postgresql://127.0.0.1:1/chat").find("Connection refused"), std::string::npos);
  for (const char* url : {"", "sqlite", "hubbub.db", "mysql://localhost", "SQLITE:x"}) {
    EXPECT_NE(refusal(url).find("neither sqlite:<path> nor postgresql://"), std::string::npos)
        << url;
  }
  for (const char* url : {"sqlite:", "sqlite::memory:"}) {
    EXPECT_NE(refusal(url).find("has no path"), std::string::npos) << url;
  }
}

TEST(OpenStoreTest, APasswordInAUrlIsNotRepeated) {
  for (const char* url :
       {"mysql://root:secret@localhost/", "postgresql://root:secret@127.0.0.1:1/"}) {
    EXPECT_EQ(refusal(url).find("secret"), std::string::npos) << url;
  }
}

TEST(OpenStoreTest, AMissingFolderIsNamed) {
  const TemporaryFolder folder;
  EXPECT_EQ(refusal("sqlite:" + folder.path() + "/data/hubbub.db"),
            "the folder " + folder.path() + "/data for the database does not exist");
}

TEST(OpenStoreTest, ADatabaseOfANewerVersionIsLeftAlone) {
  const TemporaryFolder folder;
  const std::string path = folder.path() + "/hubbub.db";
  ASSERT_EQ(refusal("sqlite:" + path), "opened");
  auto database = sqlite::Database::open(path).value();
  ASSERT_TRUE(database->execute("INSERT INTO schema_migrations VALUES (9999, 'later', 0)"));
  EXPECT_NE(refusal("sqlite:" + path).find("written by a newer version of Hubbub (schema 9999"),
            std::string::npos);
}

TEST(OpenStoreTest, AnEmptyFileBecomesADatabase) {
  const TemporaryFolder folder;
  const std::string path = folder.path() + "/hubbub.db";
  { (void)sqlite::Database::open(path).value(); }
  auto store = open_store("sqlite:" + path).value();
  EXPECT_EQ(store->directory().value().channels.size(), 1U);
}

}  // namespace
}  // namespace hubbub
