#include <gtest/gtest.h>

#include <thread>

#include "store/sqlite/database.h"
#include "store/sqlite/migrations.h"
#include "store/store.h"
#include "store/temporary_folder.h"

namespace hubbub::sqlite {
namespace {

constexpr Migration kFirst{1, "first", "CREATE TABLE one(x); INSERT INTO one VALUES (1);"};
constexpr Migration kSecond{2, "second", "CREATE TABLE two(x);"};
constexpr Migration kBroken{2, "broken", "CREATE TABLE half(x); CREATE TABLE half(x);"};

class MigrateTest : public ::testing::Test {
 protected:
  std::unique_ptr<Database> open() {
    auto opened = Database::open(path);
    EXPECT_TRUE(opened) << opened.error().detail;
    return std::move(*opened);
  }
  std::int64_t number(const char* sql) {
    Statement statement(*database, sql);
    Rows rows = statement.query();
    return rows.next() ? rows.integer(0) : -1;
  }
  Status migrate_to(std::vector<Migration> steps) { return migrate(*database, steps); }

  TemporaryFolder folder;
  const std::string path = folder.path() + "/test.db";
  std::unique_ptr<Database> database = open();
};

TEST_F(MigrateTest, EachStepIsAppliedOnce) {
  EXPECT_TRUE(migrate_to({kFirst}));
  EXPECT_TRUE(migrate_to({kFirst}));
  EXPECT_TRUE(migrate_to({kFirst, kSecond}));
  EXPECT_EQ(number("SELECT count(*) FROM one"), 1);
  EXPECT_EQ(number("SELECT count(*) FROM two"), 0);
  EXPECT_EQ(number("SELECT count(*) FROM schema_migrations"), 2);
}

TEST_F(MigrateTest, AFailedStepLeavesTheSchemaAsItWas) {
  EXPECT_TRUE(migrate_to({kFirst}));
  const Status done = migrate_to({kFirst, kBroken});
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().detail.find("migration 2 (broken) failed"), 0U) << done.error().detail;
  EXPECT_EQ(number("SELECT count(*) FROM sqlite_schema WHERE name = 'half'"), 0);
  EXPECT_EQ(number("SELECT max(version) FROM schema_migrations"), 1);
}

TEST_F(MigrateTest, ANewerSchemaIsRefused) {
  EXPECT_TRUE(migrate_to({kFirst, kSecond}));
  const Status done = migrate_to({kFirst});
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, Code::kUnavailable);
  EXPECT_NE(done.error().detail.find("newer version of Hubbub (schema 2, this one knows 1)"),
            std::string::npos)
      << done.error().detail;
}

TEST_F(MigrateTest, AnotherProgramsDatabaseIsRefused) {
  ASSERT_TRUE(database->execute("CREATE TABLE recipes(x)"));
  const Status done = migrate_to({kFirst});
  ASSERT_FALSE(done);
  EXPECT_NE(done.error().detail.find("belongs to another program"), std::string::npos);
}

TEST_F(MigrateTest, TwoAtOnceApplyEachStepOnce) {
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([this] {
      auto own = open();
      EXPECT_TRUE(migrate(*own));
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(number("SELECT count(*) FROM schema_migrations"),
            static_cast<std::int64_t>(migrations().size()));
}

// Schema 3 left the cutting of words to SQLite.
TEST_F(MigrateTest, MessagesOfAnOlderSchemaAreFound) {
  ASSERT_TRUE(migrate(*database, migrations().first(3)));
  ASSERT_TRUE(database->execute(R"sql(
      INSERT INTO logs(id, kind, epoch, head_seq) VALUES (1, 1, 'e', 2);
      INSERT INTO channels(id, log_id, name, owner_id, sort_order, created_at, updated_at)
        VALUES (1, 1, 'news', 'system', 1, 0, 0);
      INSERT INTO chat_messages(channel_id, seq, owner_id, username, message, authored_at)
        VALUES (1, 1, 'a', 'alice', '我喜欢北京烤鸭', 0), (1, 2, 'b', 'bob', 'running late', 0);
      INSERT INTO chat_search(rowid, message) SELECT id, message FROM chat_messages;
  )sql"));
  ASSERT_TRUE(migrate(*database));
  auto store = open_store("sqlite:" + path).value();
  const auto found = [&](const std::string& keyword) {
    const auto page = store->search({{}, keyword, {}}).value();
    return page.messages.size() == 1 ? page.messages.front().text : "";
  };
  EXPECT_EQ(found("烤鸭"), "我喜欢北京烤鸭");
  EXPECT_EQ(found("runs"), "running late");
  // What it inserted can be taken out again.
  ASSERT_TRUE(database->execute("UPDATE chat_messages SET message = '', removed_at = 1"));
  EXPECT_EQ(found("烤鸭"), "");
  EXPECT_TRUE(database->execute(
      "INSERT INTO chat_search(chat_search, rank) VALUES ('integrity-check', 1)"));
}

TEST_F(MigrateTest, TheSchemaIsSound) {
  EXPECT_TRUE(migrate(*database));
  Statement check(*database, "PRAGMA integrity_check");
  Rows rows = check.query();
  ASSERT_TRUE(rows.next());
  EXPECT_EQ(rows.text(0), "ok");
}

}  // namespace
}  // namespace hubbub::sqlite
