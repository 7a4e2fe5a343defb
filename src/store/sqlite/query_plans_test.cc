// How each page of the dashboard reads a database of 100,000 messages, 1,000 bans and 10,000
// people: by which indexes, and in how many steps of SQLite's machine (which, unlike time, are the
// same on each run). docs/query-plans.md has the table; HUBBUB_PRINT_QUERY_PLANS=1 prints it.
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <cstdlib>
#include <functional>
#include <iostream>

#include "store/sqlite/database.h"
#include "store/sqlite/migrations.h"
#include "store/store.h"
#include "store/temporary_folder.h"

namespace hubbub::sqlite {
namespace {

using std::chrono::days;

// 2026-01-02T03:04:05Z, up to which the database is filled, one message a minute.
const Time kNow{std::chrono::microseconds(1'767'323'045'000'000)};

// Of 10 messages one person wrote 3, in one channel of 20 stand 5, and 5 say "common". A tenth of
// the bans and mutes holds at kNow.
const char* const kFill = R"sql(
PRAGMA synchronous = OFF;
BEGIN;
CREATE TEMP TABLE numbers(n INTEGER PRIMARY KEY);
WITH RECURSIVE counted(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < 100000)
  INSERT INTO numbers SELECT n FROM counted;
INSERT INTO users(id, username, first_seen, last_seen, role)
  SELECT printf('user-%05d', n), printf('%s%d', char(97 + n % 26), n), n, n, n <= 5
  FROM numbers WHERE n <= 10000;
INSERT INTO logs(id, kind, epoch) SELECT n, 1, 'e' FROM numbers WHERE n <= 20;
INSERT INTO channels(id, log_id, name, owner_id, sort_order, created_at, updated_at, archived_at,
    is_staff_only)
  SELECT n, n, 'channel-' || n, 'user-00001', n, 0, 0, iif(n > 15, n, NULL), n % 5 = 0
  FROM numbers WHERE n <= 20;
INSERT INTO chat_messages(channel_id, seq, owner_id, username, message, send_key, authored_at,
    removed_at)
  SELECT iif(n % 2, 1, 2 + n * 7 % 19), n,
    printf('user-%05d', iif(n % 10 < 3, 1, n * 7919 % 10000 + 1)), 'somebody',
    iif(n % 100, printf('%s word%d said here', iif(n % 2, 'common', 'other'), n % 5000), ''),
    printf('key-%d', n * 7919 % 100003), 1767323045000000 - (100000 - n) * 60000000,
    iif(n % 100, NULL, n)
  FROM numbers;
INSERT INTO chat_search(rowid, message) SELECT id, message FROM chat_messages;
INSERT INTO bans(owner_id, owner_username, banished_id, reason, start_time, end_time, pardoned_at)
  SELECT 'user-00001', 'root', printf('user-%05d', n * 10), 'rude', 0,
    iif(n % 20, 1767323045000000 + (n % 20 - 19) * 1000000, NULL), iif(n % 3, NULL, n)
  FROM numbers WHERE n <= 1000;
INSERT INTO mutes(owner_id, owner_username, user_id, channel_id, start_time, end_time, lifted_at)
  SELECT owner_id, owner_username, banished_id, iif(id % 2, 1, NULL), start_time, end_time,
    pardoned_at FROM bans;
INSERT INTO chat_sessions(run_id, number, owner_id, start_time, end_time)
  SELECT 1, n, printf('user-%05d', n * 7919 % 10000 + 1),
    1767323045000000 - (50000 - n) * 150000000,
    1767323045000000 - (50000 - n) * 150000000 + 60000000
  FROM numbers WHERE n <= 50000;
INSERT INTO connection_peaks SELECT n, n FROM numbers WHERE n BETWEEN 20000 AND 20455;
INSERT INTO audit_log(at, actor_id, actor_username, address, action, target)
  SELECT n, printf('user-%05d', n % 5), 'mod', '', iif(n % 10, 'message.remove',
    iif(n % 20, 'user.ban', 'user.pardon')), 'bob' FROM numbers WHERE n <= 50000;
COMMIT;
)sql";

// A statement that ran, with its values in place.
struct Ran {
  std::string sql;
  std::int64_t step_count = 0;
};
std::vector<Ran> g_ran;

int take_profile(unsigned, void*, void* pointer, void*) {
  auto* statement = static_cast<sqlite3_stmt*>(pointer);
  char* sql = sqlite3_expanded_sql(statement);
  const std::string text = sql;
  sqlite3_free(sql);
  const bool is_query = text.starts_with("SELECT") || text.starts_with("WITH");
  // FTS5 reads its own tables with statements of its own.
  const bool is_ours = is_query && text.find("chat_search_") == text.npos;
  if (!is_ours) return 0;
  g_ran.push_back({text, sqlite3_stmt_status(statement, SQLITE_STMTSTATUS_VM_STEP, 1)});
  return 0;
}

// SQLite calls this for each connection that is opened.
int trace(sqlite3* handle, const char**, const sqlite3_api_routines*) {
  return sqlite3_trace_v2(handle, SQLITE_TRACE_PROFILE, take_profile, nullptr);
}
void (*const kTrace)() = reinterpret_cast<void (*)()>(trace);

struct Filled {
  Filled() {
    auto filling = Database::open(path).value();
    EXPECT_TRUE(migrate(*filling));
    const Status done = filling->execute(kFill);
    EXPECT_TRUE(done) << done.error().detail;
    sqlite3_auto_extension(kTrace);
    store = open_store("sqlite:" + path).value();
    // Opens the connection that the tests read by.
    EXPECT_TRUE(store->ping());
    sqlite3_cancel_auto_extension(kTrace);
    database = Database::open(path).value();
  }
  TemporaryFolder folder;
  std::string path = folder.path() + "/hubbub.db";
  std::unique_ptr<Store> store;
  std::unique_ptr<Database> database;
};

using Lines = std::vector<std::string>;

const std::string kScanChannels = "SCAN channels";  // there are few
const std::string kScanUsernames = "SCAN users USING COVERING INDEX users_by_name";
const std::string kSort = "USE TEMP B-TREE FOR ORDER BY";
const std::string kGroup = "USE TEMP B-TREE FOR GROUP BY";

// What a page does, and what of it grows with the tables: rows that are passed over, and sorting.
struct Reading {
  const char* name;
  std::function<void(Store&)> read;
  std::int64_t steps_max;
  Lines costs = {};
};

class QueryPlansTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() { filled_ = std::make_unique<Filled>(); }
  static void TearDownTestSuite() { filled_.reset(); }

  static Lines plan_of(const std::string& sql) {
    Statement explain(*filled_->database, "EXPLAIN QUERY PLAN " + sql);
    Lines lines;
    Rows rows = explain.query();
    while (rows.next()) lines.push_back(rows.text(3));
    EXPECT_TRUE(rows.status()) << sql;
    return lines;
  }
  static Lines costs_of(const Lines& plan) {
    Lines costs;
    for (const std::string& line : plan) {
      if (line == "SCAN page") break;  // what follows concerns the rows of one page
      const bool is_by_words = line.find("VIRTUAL TABLE INDEX") != line.npos;
      const bool is_cost = (line.starts_with("SCAN") && !is_by_words) ||
                           line.starts_with("USE TEMP B-TREE") ||
                           line.find("AUTOMATIC") != line.npos;
      if (is_cost) costs.push_back(line);
    }
    return costs;
  }
  static void print(const Reading& reading, const Lines& plan, std::int64_t step_count) {
    if (!std::getenv("HUBBUB_PRINT_QUERY_PLANS")) return;
    auto fastest = std::chrono::nanoseconds::max();
    for (int i = 0; i < 20; ++i) {
      const auto begin = std::chrono::steady_clock::now();
      reading.read(*filled_->store);
      fastest =
          std::min(fastest, std::chrono::nanoseconds(std::chrono::steady_clock::now() - begin));
    }
    std::cout << "| " << reading.name << " | ";
    for (const std::string& line : plan) std::cout << line << "; ";
    std::cout << " | " << step_count << " | "
              << std::chrono::duration<double, std::milli>(fastest).count() << " |\n";
  }
  static void expect(const std::vector<Reading>& readings) {
    for (const Reading& reading : readings) {
      SCOPED_TRACE(reading.name);
      g_ran.clear();
      reading.read(*filled_->store);
      Lines plan;
      Lines costs;
      std::int64_t step_count = 0;
      for (const Ran& ran : std::vector<Ran>(g_ran)) {
        const Lines lines = plan_of(ran.sql);
        plan.insert(plan.end(), lines.begin(), lines.end());
        for (const std::string& line : costs_of(lines)) costs.push_back(line);
        step_count += ran.step_count;
      }
      EXPECT_EQ(costs, reading.costs);
      EXPECT_GT(step_count, 0);
      EXPECT_LE(step_count, reading.steps_max);
      print(reading, plan, step_count);
    }
  }
  static Reading search(const char* name, const MessageSearch& search, std::int64_t steps_max,
                        Lines costs = {}) {
    const auto read = [=](Store& store) {
      EXPECT_FALSE(store.search(search).value().messages.empty());
    };
    return {name, read, steps_max, std::move(costs)};
  }

  static inline std::unique_ptr<Filled> filled_;
};

TEST_F(QueryPlansTest, Overview) {
  const Time week_ago = kNow - days(7);
  expect({
      {"messages per channel",
       [](Store& s) { s.records().message_counts().value(); },
       400'000,
       {"SCAN c", "SCAN counted", kGroup, kSort}},
      {"sessions of 7 days",
       [=](Store& s) { s.records().session_days({}, week_ago, kNow).value(); },
       120'000,
       {kGroup}},
      {"people of 7 days",
       [=](Store& s) { s.records().user_activity(week_ago, kNow, 50).value(); },
       200'000,
       {kGroup, kSort}},
      {"connections of 30 days",
       [](Store& s) { s.records().connection_peaks(kNow - days(30)).value(); }, 500},
  });
}

TEST_F(QueryPlansTest, Messages) {
  const MessageId middle{50'000};
  expect({
      search("messages, first page", {}, 5'000),
      search("page before a message", {{}, "", {}, 50, 0, middle}, 5'000),
      search("what a member sees", {{}, "", {}, 50, 0, {}, Role::kMember}, 5'000, {kScanChannels}),
      search("what a moderator sees", {{}, "", {}, 50, 0, {}, Role::kModerator}, 5'000,
             {kScanChannels}),
      search("one channel", {{"channel-1"}, "", {}, 50, 0, middle}, 5'000, {kScanChannels}),
      search("one small channel", {{"channel-7"}, "", {}, 50, 0, middle}, 5'000, {kScanChannels}),
      search("three channels", {{"channel-1", "channel-7", "channel-8"}, "", {}}, 10'000,
             {kScanChannels, kScanChannels, kScanChannels}),
  });
}

TEST_F(QueryPlansTest, MessagesOfAnAuthor) {
  const UserId prolific{"user-00001"};
  const UserId rare{"user-09596"};
  expect({
      search("author of 30,000", {{}, "", prolific}, 700'000, {kSort}),
      search("author of 10", {{}, "", rare}, 1'000, {kSort}),
      search("author of 30,000 in a channel", {{"channel-7"}, "", prolific}, 400'000,
             {kScanChannels, kSort}),
  });
}

TEST_F(QueryPlansTest, MessagesByWords) {
  const UserId rare{"user-09596"};
  expect({
      search("word of 50,000 messages", {{}, "common", {}}, 5'000),
      search("the page before a message", {{}, "common", {}, 50, 0, MessageId{50'000}}, 5'000),
      search("word of 20 messages", {{}, "word1234", {}}, 5'000),
      search("two words", {{}, "common said", {}}, 5'000),
      search("word of 50,000, author of 10", {{}, "common", rare}, 600'000),
      search("word in a channel", {{"channel-7"}, "said", {}}, 40'000, {kScanChannels}),
  });
}

TEST_F(QueryPlansTest, People) {
  const auto people = [](const PeopleQuery& query) {
    return [query](Store& s) { EXPECT_FALSE(s.records().people(query).value().records.empty()); };
  };
  const UserId prolific{"user-00001"};
  expect({
      {"people, first page", people({"", "", kNow}), 4'000, {kScanUsernames}},
      {"a later page", people({"", "", kNow, 50, 5'000}), 20'000, {kScanUsernames}},
      {"part of a username", people({"", "B42", kNow}), 80'000, {kScanUsernames}},
      {"username", people({"e420", "", kNow}), 200, {kSort}},
      {"everyone by id", people({"", "", kNow, 10'000, 0, true}), 500'000, {"SCAN users"}},
      {"profile",
       [=](Store& s) { EXPECT_TRUE(s.records().profile(prolific, kNow).value()); },
       150'000,
       {"SCAN CONSTANT ROW"}},
      {"sessions of a person",
       [=](Store& s) { s.records().session_days(prolific, kNow - days(7), kNow).value(); },
       1'000,
       {kGroup}},
  });
}

// SCAN t: from the newest on, until the page is full.
TEST_F(QueryPlansTest, BansAndMutes) {
  const auto bans = [](const BanQuery& query) {
    return [query](Store& s) { EXPECT_FALSE(s.records().bans(query).value().records.empty()); };
  };
  const auto mutes = [](const BanQuery& query) {
    return [query](Store& s) { EXPECT_FALSE(s.records().mutes(query).value().records.empty()); };
  };
  const UserId banned{"user-00200"};
  expect({
      {"bans, first page", bans({{}, false, kNow}), 2'000, {"SCAN t"}},
      {"active bans", bans({{}, true, kNow}), 15'000, {"SCAN t"}},
      {"bans of a person", bans({banned, false, kNow}), 200},
      {"mutes, first page", mutes({{}, false, kNow}), 3'000, {"SCAN t"}},
      {"active mutes", mutes({{}, true, kNow}), 15'000, {"SCAN t"}},
      {"mutes of a person", mutes({banned, false, kNow}), 200},
  });
}

TEST_F(QueryPlansTest, ChannelsAndAuditLog) {
  const auto audit = [](const AuditQuery& query) {
    return [query](Store& s) { EXPECT_FALSE(s.records().audit(query).value().records.empty()); };
  };
  const UserId actor{"user-00003"};
  expect({
      {"archived channels",
       [](Store& s) { s.records().archived_channels().value(); },
       80'000,
       {"SCAN c", kSort}},
      {"audit log, first page", audit({}), 4'000},
      {"page before a record", audit({25'000, {}, ""}), 4'000},
      {"acts of a person", audit({{}, actor, ""}), 4'000},
      {"acts of one kind", audit({{}, {}, "user.pardon"}), 4'000},
      {"acts of a group", audit({{}, {}, "user."}), 10'000, {kSort}},
      {"acts of a person of one kind", audit({{}, actor, "message.remove"}), 6'000},
  });
}

}  // namespace
}  // namespace hubbub::sqlite
