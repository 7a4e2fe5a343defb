// What becomes of a batch when the disk is full, failing, or another process writes too.
#include <gtest/gtest.h>

#include <thread>

#include "store/sql/reader.h"
#include "store/sqlite/message_search.h"
#include "store/sqlite/migrations.h"
#include "store/sqlite/sqlite_store.h"
#include "store/temporary_folder.h"

namespace hubbub::sqlite {
namespace {

class WriterTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(migrate(*database));
    ASSERT_TRUE(writer.seed(now));
    auto read = Database::open(path, Database::Mode::kReadOnly);
    reader = std::make_unique<sql::Reader>(std::move(*read));
    general = reader->directory().value().channels.at(0);
  }

  std::vector<PendingEntry> messages(int count, const std::string& text) {
    PendingMessage message{general.id, alice, text, "", now};
    std::vector<PendingEntry> batch;
    for (int i = 0; i < count; ++i) {
      message.send_key = "key-" + std::to_string(++keys_);
      batch.emplace_back(message);
    }
    return batch;
  }
  std::optional<Code> commit(const std::vector<PendingEntry>& batch) {
    auto outcome = writer.commit(batch);
    if (!outcome) return outcome.error().code;
    return std::nullopt;
  }
  std::int64_t number(const char* sql) {
    Statement statement(*database, sql);
    Rows rows = statement.query();
    return rows.next() ? rows.integer(0) : -1;
  }
  Seq head() { return reader->read_after(general.log, 0, 0).value().head; }
  void expect_sound() {
    Statement check(*database, "PRAGMA integrity_check");
    Rows rows = check.query();
    ASSERT_TRUE(rows.next());
    EXPECT_EQ(rows.text(0), "ok");
    EXPECT_TRUE(database->execute(
        "INSERT INTO chat_search(chat_search, rank) VALUES ('integrity-check', 1)"));
    const LogPage page = reader->read_after(general.log, 0, 100'000).value();
    ASSERT_EQ(page.entries.size(), page.head);
    for (Seq seq = 1; seq <= page.head; ++seq) EXPECT_EQ(page.entries[seq - 1].seq, seq);
  }

  int keys_ = 0;
  const Time now = system_clock().now();
  const Author alice{UserId{"id-of-alice"}, "alice"};
  const UserId bob{"id-of-bob"};
  TemporaryFolder folder;
  const std::string path = folder.path() + "/hubbub.db";
  std::unique_ptr<Database> database = Database::open(path).value();
  sql::Writer writer = make_writer(*database);
  std::unique_ptr<sql::Reader> reader;
  Channel general;
};

TEST_F(WriterTest, AFullDiskStoresNothingAndHeals) {
  ASSERT_FALSE(commit(messages(1, "before")));
  ASSERT_TRUE(database->execute("PRAGMA max_page_count = 1"));  // as few as there are
  const auto batch = messages(200, std::string(4'000, 'x'));
  EXPECT_EQ(commit(batch), Code::kUnavailable);
  EXPECT_EQ(commit(batch), Code::kUnavailable);
  EXPECT_EQ(head(), 2U);
  ASSERT_TRUE(database->execute("PRAGMA max_page_count = 1000000"));
  EXPECT_FALSE(commit(batch));
  EXPECT_EQ(head(), 202U);
  expect_sound();
}

// The channel's table must not be what the failed batch made of it either.
TEST_F(WriterTest, AFailedBatchLeavesNoChannel) {
  ASSERT_TRUE(database->execute("PRAGMA max_page_count = 1"));
  std::vector<PendingEntry> batch = messages(200, std::string(4'000, 'x'));
  batch.insert(batch.begin(), CreateChannel{"news", "", alice, now});
  EXPECT_EQ(commit(batch), Code::kUnavailable);
  ASSERT_TRUE(database->execute("PRAGMA max_page_count = 1000000"));
  const auto outcome =
      writer.commit(std::vector<PendingEntry>{CreateChannel{"news", "", alice, now}});
  EXPECT_TRUE(outcome.value().results.at(0));
}

// Nor what it did beside the log.
TEST_F(WriterTest, AFailedBatchBansNobody) {
  ASSERT_TRUE(database->execute("PRAGMA max_page_count = 1"));
  std::vector<PendingEntry> batch = messages(200, std::string(4'000, 'x'));
  batch.insert(batch.begin(), BanUser{bob, "", {}, alice, Role::kAdmin, now});
  batch.insert(batch.begin(), RemoveMessages{{MessageId{1}}, alice, now});
  EXPECT_EQ(commit(batch), Code::kUnavailable);
  ASSERT_TRUE(database->execute("PRAGMA max_page_count = 1000000"));
  EXPECT_EQ(reader->restrictions().value(), Restrictions{});
  EXPECT_EQ(number("SELECT count(*) FROM audit_log"), 0);
  EXPECT_FALSE(reader->read_after(general.log, 0, 1).value().entries.at(0).is_removed);
  EXPECT_FALSE(commit(batch));
  EXPECT_TRUE(reader->restrictions().value().ban_of(bob, now));
  EXPECT_EQ(number("SELECT count(*) FROM audit_log"), 2);
  expect_sound();
}

TEST_F(WriterTest, TheAuditLogIsAppendOnly) {
  ASSERT_FALSE(commit({UpdateLimits{{5, 60}, alice, now}}));
  for (const char* sql : {"UPDATE audit_log SET actor_id = 'id-of-bob'", "DELETE FROM audit_log",
                          "INSERT OR REPLACE INTO audit_log SELECT id, at, 'id-of-bob',"
                          " actor_username, address, action, target, before, after"
                          " FROM audit_log"}) {
    const Status done = database->execute(sql);
    ASSERT_FALSE(done) << sql;
    EXPECT_NE(done.error().detail.find("the audit log is append-only"), std::string::npos) << sql;
  }
  EXPECT_EQ(number("SELECT count(*) FROM audit_log WHERE actor_id = 'id-of-alice'"), 1);
}

TEST_F(WriterTest, WhereThereIsNothingToTellIsNull) {
  ASSERT_FALSE(commit({BanUser{bob, "", {}, alice, Role::kAdmin, now}}));
  EXPECT_EQ(number("SELECT count(*) FROM audit_log WHERE before IS NULL AND after > ''"), 1);
}

TEST_F(WriterTest, AnotherConnectionsEntriesAreNotOverwritten) {
  auto other_database = Database::open(path).value();
  sql::Writer other = make_writer(*other_database);
  for (int round = 0; round < 3; ++round) {
    EXPECT_FALSE(commit(messages(2, "ours")));
    EXPECT_TRUE(other.commit(messages(2, "theirs")));
  }
  EXPECT_EQ(head(), 13U);
  expect_sound();
}

TEST_F(WriterTest, TwoWritersTakeTurns) {
  auto theirs = messages(20, "theirs");
  std::thread thread([&] {
    auto other_database = Database::open(path).value();
    sql::Writer other = make_writer(*other_database);
    for (const PendingEntry& entry : theirs) EXPECT_TRUE(other.commit({&entry, 1}));
  });
  for (const PendingEntry& entry : messages(20, "ours")) EXPECT_FALSE(commit({entry}));
  thread.join();
  EXPECT_EQ(head(), 41U);
  expect_sound();
}

TEST_F(WriterTest, RemovedMessagesComeBlank) {
  auto batch = messages(2, "regrettable");
  batch.emplace_back(RemoveMessages{{MessageId{2}}, alice, now});
  ASSERT_FALSE(commit(batch));
  const LogPage page = reader->read_after(general.log, 1, 9).value();
  EXPECT_TRUE(page.entries.at(0).is_removed);
  EXPECT_EQ(page.entries.at(0).text, "");
  EXPECT_FALSE(page.entries.at(1).is_removed);
  EXPECT_EQ(number("SELECT count(*) FROM chat_messages WHERE message = 'regrettable'"), 1);
  EXPECT_EQ(reader->recent_messages(9).value().size(), 2U);
  EXPECT_EQ(
      search_messages(reader->database(), {{}, "regrettable", {}, 50, 0}).value().messages.size(),
      1U);
  expect_sound();
}

}  // namespace
}  // namespace hubbub::sqlite
