#include "store/postgres/database.h"

#include <gtest/gtest.h>

#include "store/postgres/test_database.h"
#include "store/postgres/url.h"

namespace hubbub::postgres {
namespace {

using sql::Rows;
using sql::Statement;
using std::chrono::milliseconds;

// Values of every kind.
class PostgresDatabaseTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(database.execute("CREATE TABLE kept(n bigint, t text, b boolean, at timestamp)"));
  }
  std::int64_t number(const std::string& sql) { return Statement(database, sql).number().value(); }
  std::int64_t count() { return number("SELECT count(*) FROM kept"); }
  Status insert(std::int64_t n) {
    return Statement(database, "INSERT INTO kept(n) VALUES (?1)").run(n);
  }
  // Ends the connection on the server's side, as a restart does.
  void lose_connection() {
    Database other(cluster.url());
    Statement end(other,
                  "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
                  " WHERE datname = current_database() AND pid <> pg_backend_pid()");
    ASSERT_TRUE(end.run());
  }

  TestDatabase cluster;
  Database database{cluster.url()};
};

TEST_F(PostgresDatabaseTest, ValuesComeBackAsTheyWere) {
  const Time time{std::chrono::microseconds(-1'234'567'890'123)};
  const std::string text = "'quoted' \\ ?1 $1 ü 🐝";
  Statement insert(database, "INSERT INTO kept VALUES (?1, ?2, ?3, ?4)");
  ASSERT_TRUE(insert.run(std::int64_t{-5}, text, true, time));
  ASSERT_TRUE(insert.run(std::optional<std::int64_t>(), std::optional<std::string>(), false,
                         std::optional<Time>()));
  Statement select(database, "SELECT n, t, b, at FROM kept ORDER BY n NULLS LAST");
  Rows rows = select.query();
  ASSERT_TRUE(rows.next());
  EXPECT_EQ(rows.integer(0), -5);
  EXPECT_EQ(rows.text(1), text);
  EXPECT_TRUE(rows.boolean(2));
  EXPECT_EQ(rows.time(3), time);
  ASSERT_TRUE(rows.next());
  for (const int column : {0, 1, 3}) EXPECT_TRUE(rows.is_null(column));
  EXPECT_EQ(rows.integer(0), 0);
  EXPECT_EQ(rows.text(1), "");
  EXPECT_FALSE(rows.boolean(2));
  EXPECT_FALSE(rows.next());
  EXPECT_TRUE(rows.status());
}

TEST_F(PostgresDatabaseTest, AStatementIsUsedManyTimes) {
  Statement insert(database, "INSERT INTO kept(n, t) VALUES (?1, ?2)");
  for (std::int64_t n = 0; n < 10; ++n) ASSERT_TRUE(insert.run(n, "x"));
  EXPECT_EQ(count(), 10);
  EXPECT_EQ(number("SELECT sum(n)::bigint FROM kept"), 45);
}

TEST_F(PostgresDatabaseTest, WhatFailsLeavesNothingAndTheNextWorks) {
  const Status failed = database.transact([&]() -> Status {
    if (Status done = insert(1); !done) return done;
    return Statement(database, "SELECT 1 / n FROM kept").run() ? insert(2) : insert(0);
  });
  EXPECT_TRUE(failed);
  EXPECT_EQ(count(), 2);
  const Status divided = database.transact([&]() -> Status {
    if (Status done = insert(3); !done) return done;
    return Statement(database, "SELECT 1 / 0").run();
  });
  ASSERT_FALSE(divided);
  EXPECT_EQ(divided.error().code, Code::kInternal);
  EXPECT_NE(divided.error().detail.find("22012"), std::string::npos) << divided.error().detail;
  EXPECT_EQ(count(), 2);
}

// Its body swallowed a failure: PostgreSQL then answers COMMIT with ROLLBACK, and no error.
TEST_F(PostgresDatabaseTest, ATransactionInWhichSomethingFailedIsNotTakenForCommitted) {
  const Status done = database.transact([&]() -> Status {
    (void)insert(1);
    (void)Statement(database, "SELECT 1 / 0").run();
    return {};
  });
  ASSERT_FALSE(done);
  EXPECT_EQ(count(), 0);
}

TEST_F(PostgresDatabaseTest, ReadsOfOneTransactionSeeOneInstant) {
  ASSERT_TRUE(insert(1));
  Database other(cluster.url());
  const Status read = database.read_at_once([&]() -> Status {
    EXPECT_EQ(count(), 1);
    EXPECT_TRUE(Statement(other, "INSERT INTO chatserver.kept(n) VALUES (2)").run());
    EXPECT_EQ(count(), 1);
    return {};
  });
  EXPECT_TRUE(read);
  EXPECT_EQ(count(), 2);
}

TEST_F(PostgresDatabaseTest, AConnectionThatEndedMeanwhileIsReplacedUnseen) {
  Statement insert(database, "INSERT INTO kept(n) VALUES (?1)");
  for (std::int64_t n = 0; n < 6; ++n) {
    if (n == 3) lose_connection();
    ASSERT_TRUE(insert.run(n)) << n;
  }
  EXPECT_EQ(count(), 6);
}

TEST_F(PostgresDatabaseTest, AConnectionThatEndsUnderAStatementFailsItAndTheNextWorks) {
  Statement end(database, "SELECT pg_terminate_backend(pg_backend_pid())");
  const Status lost = end.run();
  ASSERT_FALSE(lost);
  EXPECT_EQ(lost.error().code, Code::kUnavailable);
  EXPECT_TRUE(insert(1));
}

TEST_F(PostgresDatabaseTest, ATransactionWhoseConnectionWasLostIsNotContinuedOnAnother) {
  const Status done = database.transact([&]() -> Status {
    if (Status first = insert(1); !first) return first;
    lose_connection();
    (void)insert(2);
    return insert(3);
  });
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, Code::kUnavailable);
  EXPECT_EQ(count(), 0);
}

TEST_F(PostgresDatabaseTest, AStatementThatTakesTooLongIsEnded) {
  Database hasty(cluster.url(), {milliseconds(5'000), milliseconds(50)});
  const Status late = Statement(hasty, "SELECT pg_sleep(30)").run();
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().code, Code::kUnavailable);
  EXPECT_TRUE(Statement(hasty, "SELECT 1").run());
}

TEST_F(PostgresDatabaseTest, WhatIsLookedForMayHaveAZeroInIt) {
  ASSERT_TRUE(Statement(database, "INSERT INTO kept(t) VALUES ('ab')").run());
  Statement find(database, "SELECT count(*) FROM kept WHERE t = ?1");
  EXPECT_EQ(find.number(std::string("a\0b", 3)).value(), 0);
  EXPECT_EQ(find.number("ab").value(), 1);
}

TEST_F(PostgresDatabaseTest, NobodyIsToldTheSameFailureTwiceInAMoment) {
  Database nowhere("postgresql://127.0.0.1:1/none");
  for (int attempt = 0; attempt < 3; ++attempt) {
    const Status refused = Statement(nowhere, "SELECT 1").run();
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, Code::kUnavailable);
  }
}

TEST(PostgresUrl, IsTakenAsLibpqTakesItWithoutTheSearchPathOfOthers) {
  EXPECT_TRUE(is_postgres("postgres://h/d"));
  EXPECT_FALSE(is_postgres("sqlite:/d"));
  EXPECT_EQ(*checked_url("postgres://u:p@h/d?search_path=chatserver&sslmode=disable"),
            "postgres://u:p@h/d?sslmode=disable");
  EXPECT_EQ(*checked_url("postgresql://h/d?sslmode=disable&search_path=chatserver"),
            "postgresql://h/d?sslmode=disable");
  EXPECT_EQ(*checked_url("postgresql://h/d?search_path=chatserver"), "postgresql://h/d");
}

TEST(PostgresUrl, ThatCannotBeUsedIsRefusedWithoutItsPassword) {
  for (const char* url : {"postgresql://u:secret@[::1/d", "postgresql://u:secret@h:port:x/d%zz"}) {
    const auto refused = checked_url(url);
    ASSERT_FALSE(refused) << url;
    EXPECT_EQ(refused.error().detail.find("secret"), std::string::npos);
  }
  const auto unknown = checked_url("postgresql://h/d?ssl_mode=require");
  ASSERT_FALSE(unknown);
  EXPECT_NE(unknown.error().detail.find("ssl_mode"), std::string::npos);
}

}  // namespace
}  // namespace hubbub::postgres
