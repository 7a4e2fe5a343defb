#include "store/sqlite/database.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <thread>

#include "store/temporary_folder.h"

namespace hubbub::sqlite {
namespace {

class DatabaseTest : public ::testing::Test {
 protected:
  void SetUp() override {
    database = open();
    ASSERT_TRUE(database->execute("CREATE TABLE words(id INTEGER PRIMARY KEY, word TEXT UNIQUE)"));
  }
  std::unique_ptr<Database> open() {
    auto opened = Database::open(path);
    EXPECT_TRUE(opened) << opened.error().detail;
    return std::move(*opened);
  }
  std::int64_t count() {
    Statement statement(*database, "SELECT count(*) FROM words");
    Rows rows = statement.query();
    return rows.next() ? rows.integer(0) : -1;
  }
  static std::string detail_of(const std::string& bad_path) {
    auto opened = Database::open(bad_path);
    return opened ? "opened" : opened.error().detail;
  }

  TemporaryFolder folder;
  const std::string path = folder.path() + "/test.db";
  std::unique_ptr<Database> database;
};

TEST_F(DatabaseTest, ValuesComeBackAsTheyWere) {
  Statement statement(*database, "SELECT ?1, ?2, ?3, ?4, ?5, ?6");
  const std::string text("a\0b", 3);
  const Time time = system_clock().now();
  Rows rows = statement.query(text, std::int64_t{1} << 62, time, std::optional<std::string>(),
                              UserId{"u"}, std::string_view());
  ASSERT_TRUE(rows.next());
  EXPECT_EQ(rows.text(0), text);
  EXPECT_EQ(rows.integer(1), std::int64_t{1} << 62);
  EXPECT_EQ(rows.time(2), time);
  EXPECT_TRUE(rows.is_null(3));
  EXPECT_EQ(rows.text(4), "u");
  EXPECT_FALSE(rows.is_null(5));
  EXPECT_FALSE(rows.next());
  EXPECT_TRUE(rows.status());
}

TEST_F(DatabaseTest, NothingIsWrittenToAFileThatWasTakenAway) {
  const auto write = [&] {
    return database->transact([&]() -> Status {
      return Statement(*database, "INSERT INTO words(id) VALUES (NULL)").run();
    });
  };
  ASSERT_TRUE(write());
  for (const auto& file : {path, path + "-wal"}) {
    std::filesystem::rename(file, file + ".away");
    EXPECT_FALSE(write()) << file;
    std::filesystem::copy_file(file + ".away", file);
    EXPECT_FALSE(write()) << "a copy in the place of " << file;
    std::filesystem::rename(file + ".away", file);
    EXPECT_TRUE(write()) << file;
  }
  EXPECT_EQ(count(), 3);
}

TEST_F(DatabaseTest, WaitsForAnothersLockOnlySoLong) {
  const auto other = open();
  database->set_patience(std::chrono::milliseconds(0));
  ASSERT_TRUE(other->transact([&]() -> Status {
    EXPECT_FALSE(database->transact([] { return Status(); }));
    return {};
  }));
  EXPECT_TRUE(database->transact([] { return Status(); }));
}

TEST_F(DatabaseTest, AStatementForgetsItsEarlierValues) {
  Statement statement(*database, "SELECT ?1");
  { (void)statement.query("first").next(); }
  Rows rows = statement.query();
  ASSERT_TRUE(rows.next());
  EXPECT_TRUE(rows.is_null(0));
}

TEST_F(DatabaseTest, AFailedStatementIsAnErrorAndCanBeUsedAgain) {
  Statement insert(*database, "INSERT INTO words(word) VALUES (?1)");
  ASSERT_TRUE(insert.run("a"));
  const Status twice = insert.run("a");
  ASSERT_FALSE(twice);
  EXPECT_EQ(twice.error().code, Code::kUnavailable);
  EXPECT_NE(twice.error().detail.find("UNIQUE"), std::string::npos) << twice.error().detail;
  EXPECT_TRUE(insert.run("b"));
  EXPECT_EQ(database->last_insert_id(), 2);
  EXPECT_EQ(database->change_count(), 1);
}

TEST_F(DatabaseTest, BadSqlAndSurplusValuesAreErrors) {
  EXPECT_FALSE(Statement(*database, "SELECT nonsense FROM nowhere").run());
  EXPECT_FALSE(Statement(*database, "SELECT ?1").run(1, 2));
}

TEST_F(DatabaseTest, AFailedTransactionLeavesNothing) {
  const Status done = database->transact([&]() -> Status {
    EXPECT_TRUE(database->execute("INSERT INTO words(word) VALUES ('a')"));
    return Error{Code::kConflict};
  });
  EXPECT_EQ(done.error().code, Code::kConflict);
  EXPECT_EQ(count(), 0);
  EXPECT_TRUE(
      database->transact([&] { return database->execute("INSERT INTO words VALUES (1, 'b')"); }));
  EXPECT_EQ(count(), 1);
}

TEST_F(DatabaseTest, ATransactionThatSqliteRolledBackIsAnError) {
  const Status done = database->transact([&]() -> Status {
    EXPECT_TRUE(database->execute("INSERT INTO words VALUES (1, 'a')"));
    EXPECT_FALSE(database->execute("INSERT OR ROLLBACK INTO words VALUES (1, 'b')"));
    return {};
  });
  EXPECT_FALSE(done);
  EXPECT_EQ(count(), 0);
}

TEST_F(DatabaseTest, AReadSeesOneInstant) {
  auto writer = open();
  const Status done = database->read_at_once([&]() -> Status {
    EXPECT_EQ(count(), 0);
    EXPECT_TRUE(writer->execute("INSERT INTO words VALUES (1, 'a')"));
    EXPECT_EQ(count(), 0);
    return {};
  });
  EXPECT_TRUE(done);
  EXPECT_EQ(count(), 1);
}

TEST_F(DatabaseTest, AReaderCannotWrite) {
  auto reader = Database::open(path, Database::Mode::kReadOnly);
  ASSERT_TRUE(reader);
  EXPECT_TRUE((*reader)->execute("SELECT * FROM words"));
  EXPECT_FALSE((*reader)->execute("INSERT INTO words VALUES (1, 'a')"));
}

TEST_F(DatabaseTest, WritesAreDurableAndKeysChecked) {
  const auto setting = [this](const char* sql) {
    Statement statement(*database, sql);
    Rows rows = statement.query();
    return rows.next() ? rows.text(0) : "none";
  };
  EXPECT_EQ(setting("PRAGMA journal_mode"), "wal");
  EXPECT_EQ(setting("PRAGMA synchronous"), "2");
  EXPECT_EQ(setting("PRAGMA foreign_keys"), "1");
}

TEST_F(DatabaseTest, TheFileIsItsOwnersAlone) {
  struct stat status = {};
  ASSERT_EQ(::stat(path.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600U);
}

TEST_F(DatabaseTest, WhatCannotBeOpenedIsSaidClearly) {
  EXPECT_EQ(detail_of(folder.path() + "/missing/x.db"),
            "the folder " + folder.path() + "/missing for the database does not exist");
  EXPECT_EQ(detail_of(folder.path()), "the database " + folder.path() + " is a folder");
  std::ofstream(folder.path() + "/text.db") << std::string(4096, 'x');
  EXPECT_NE(detail_of(folder.path() + "/text.db").find("not a database"), std::string::npos);
}

// Both want to turn the same new file into one with a write-ahead log.
TEST_F(DatabaseTest, ManyMayOpenANewFileAtOnce) {
  for (int round = 0; round < 20; ++round) {
    const std::string fresh = folder.path() + "/fresh" + std::to_string(round);
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
      threads.emplace_back([&] {
        auto opened = Database::open(fresh);
        EXPECT_TRUE(opened) << opened.error().detail;
      });
    }
    for (std::thread& thread : threads) thread.join();
  }
}

}  // namespace
}  // namespace hubbub::sqlite
