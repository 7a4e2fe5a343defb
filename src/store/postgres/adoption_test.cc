// The old installation of tests/fixtures/old_server, and what becomes of it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <simdjson.h>

#include <fstream>
#include <map>
#include <sstream>

#include "store/migrate_store.h"
#include "store/postgres/test_database.h"
#include "store/store.h"

namespace hubbub {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// Relative to the repository, where tests run.
std::string fixture(const std::string& name) {
  std::ifstream file("tests/fixtures/old_server/" + name);
  EXPECT_TRUE(file) << name;
  std::ostringstream content;
  content << file.rdbuf();
  return content.str();
}

class FakeQueues final : public OldQueues {
 public:
  // Those of the fixture.
  FakeQueues() {
    simdjson::dom::parser parser;
    const auto content = parser.parse(fixture("queues.json"));
    for (const OldQueue queue : kOldQueues) {
      for (const auto one : content[name_of(queue)].get_array()) {
        lists[queue].emplace_back(one["entry"].get_string().value());
      }
    }
    counters = {{OldQueue::kMessages, 230}, {OldQueue::kPrivateMessages, 57}};
  }

  Result<std::vector<std::string>> read(OldQueue queue) override {
    if (is_gone) return Error{Code::kUnavailable, "no answer"};
    return lists[queue];
  }
  Result<std::int64_t> counter(OldQueue queue) override { return counters[queue]; }
  Status remove_first(OldQueue queue, std::size_t count) override {
    if (is_stuck) return Error{Code::kUnavailable, "no answer"};
    auto& list = lists[queue];
    list.erase(list.begin(), list.begin() + static_cast<std::ptrdiff_t>(count));
    return {};
  }
  Status raise_counter(OldQueue queue, std::int64_t at_least) override {
    counters[queue] = std::max(counters[queue], at_least);
    return {};
  }

  std::map<OldQueue, std::vector<std::string>> lists;
  std::map<OldQueue, std::int64_t> counters;
  bool is_gone = false;
  bool is_stuck = false;
};

class AdoptionPostgresTest : public ::testing::Test {
 protected:
  AdoptionPostgresTest() {
    run(fixture("schema.sql"));
    run(fixture("rows.sql"));
  }

  // As another program, on a connection of its own.
  void run(const std::string& script) {
    auto connection = postgres::Connection::open(database.url(), {});
    const Status done = (*connection)->execute("SET search_path = chatserver;" + script);
    EXPECT_TRUE(done) << done.error().detail;
  }
  // The first column of each row, as text.
  std::vector<std::string> rows(const std::string& select) {
    postgres::Database reading(database.url());
    std::vector<std::string> texts;
    sql::Statement statement(reading, select);
    sql::Rows found = statement.query();
    while (found.next()) texts.push_back(found.text(0));
    EXPECT_TRUE(found.status()) << found.status().error().detail;
    return texts;
  }
  MigrationReport migrate(OldQueues* queues, bool is_dry_run = false) {
    auto report = migrate_store(database.url(), queues, is_dry_run);
    EXPECT_TRUE(report) << report.error().detail;
    return report ? std::move(*report) : MigrationReport();
  }
  std::vector<std::string> places() {
    return rows(
        "SELECT channel_id || ' ' || seq || ' ' || id FROM chat_messages"
        " ORDER BY channel_id, seq");
  }

  postgres::TestDatabase database{postgres::TestDatabase::Contents::kNothing};
  FakeQueues queues;
};

TEST_F(AdoptionPostgresTest, SaysWhatItTook) {
  const MigrationReport report = migrate(&queues);
  const AdoptionReport& adopted = report.adoption;
  EXPECT_EQ(report.steps.size(), static_cast<std::size_t>(report.schema));
  EXPECT_TRUE(adopted.is_first);
  EXPECT_EQ(adopted.channel_count, 5);
  EXPECT_THAT(adopted.archived_channels, ElementsAre("lounge", "", "GENERAL"));
  EXPECT_EQ(adopted.message_count, 13 + 3);
  EXPECT_EQ(adopted.private_message_count, 5 + 2);
  EXPECT_EQ(adopted.person_count, 6);
  EXPECT_EQ(adopted.unknown_person_count, 2);
  EXPECT_EQ(adopted.queued_count, 5);
  EXPECT_EQ(adopted.known_queued_count, 1);
  EXPECT_EQ(adopted.set_aside.size(), 7U);
  EXPECT_THAT(report.queues_unread, IsEmpty());
}

TEST_F(AdoptionPostgresTest, PlacesMessagesByChannelInTheOrderOfIds) {
  migrate(nullptr);
  EXPECT_THAT(places(),
              ElementsAre("1 1 3", "1 2 4", "1 3 7", "1 4 8", "1 5 31", "2 1 9", "4 1 15", "7 1 16",
                          "9 1 25", "13 1 20", "13 2 21", "14 1 22", "15 1 23"));
  EXPECT_THAT(rows("SELECT e.seq || ' ' || e.message_id FROM log_entries e JOIN logs l"
                   " ON l.id = e.log_id AND l.kind = 2 JOIN users u ON u.id = l.owner_id"
                   " WHERE u.username = 'ada' ORDER BY e.seq"),
              ElementsAre("1 2", "2 3", "3 5", "4 6", "5 9"));
  EXPECT_THAT(rows("SELECT 'log' FROM logs l WHERE head_seq <>"
                   " (SELECT count(*) FROM log_entries e WHERE e.log_id = l.id)"),
              IsEmpty());
}

TEST_F(AdoptionPostgresTest, NothingIsLeftForTheSecondTime) {
  migrate(&queues);
  EXPECT_THAT(queues.lists[OldQueue::kMessages], IsEmpty());
  EXPECT_THAT(queues.lists[OldQueue::kPrivateMessages], IsEmpty());
  EXPECT_TRUE(migrate(&queues).adoption.is_empty());
}

TEST_F(AdoptionPostgresTest, EntriesThatStayedInTheListsAreNotStoredTwice) {
  queues.is_stuck = true;
  migrate(&queues);
  EXPECT_EQ(queues.lists[OldQueue::kMessages].size(), 10U);
  const auto before = places();
  queues.is_stuck = false;
  const AdoptionReport again = migrate(&queues).adoption;
  EXPECT_EQ(again.queued_count, 0);
  EXPECT_EQ(again.known_queued_count, 6);
  EXPECT_THAT(again.set_aside, IsEmpty());
  EXPECT_EQ(places(), before);
  EXPECT_THAT(rows("SELECT entry FROM set_aside_entries"), ::testing::SizeIs(7));
  EXPECT_THAT(queues.lists[OldQueue::kMessages], IsEmpty());
}

TEST_F(AdoptionPostgresTest, ListsThatCannotBeReadStopTheFirstTimeOnly) {
  queues.is_gone = true;
  auto refused = migrate_store(database.url(), &queues, false);
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().detail, HasSubstr("cannot be read from Valkey (no answer)"));
  EXPECT_THAT(rows("SELECT CAST(to_regclass('users') AS text)"), ElementsAre(""));
  queues.is_gone = false;
  migrate(&queues);
  queues.is_gone = true;
  EXPECT_EQ(migrate(&queues).queues_unread, "no answer");
}

TEST_F(AdoptionPostgresTest, ADryRunSaysTheSameAndTakesItBack) {
  const std::string sequences =
      "SELECT sequencename || ' ' || last_value FROM pg_sequences ORDER BY 1";
  const auto before = rows(sequences);
  const AdoptionReport told = migrate(&queues, true).adoption;
  EXPECT_EQ(rows(sequences), before);
  EXPECT_THAT(rows("SELECT CAST(to_regclass('users') AS text)"), ElementsAre(""));
  EXPECT_EQ(queues.lists[OldQueue::kMessages].size(), 10U);
  const AdoptionReport done = migrate(&queues).adoption;
  EXPECT_EQ(told.message_count, done.message_count);
  EXPECT_EQ(told.set_aside.size(), done.set_aside.size());
}

TEST_F(AdoptionPostgresTest, NewNumbersAreBeyondAllThatWereGiven) {
  run("SELECT setval('chat_messages_id_seq', 3); SELECT setval('channels_id_seq', 1);"
      "UPDATE private_messages SET cache_id = 700 WHERE id = 9");
  migrate(&queues);
  EXPECT_THAT(rows("SELECT CAST(nextval('chat_messages_id_seq') AS text)"), ElementsAre("234"));
  EXPECT_THAT(rows("SELECT CAST(nextval('private_messages_id_seq') AS text)"), ElementsAre("703"));
  EXPECT_THAT(rows("SELECT CAST(min(id) AS text) FROM archived_channels"), ElementsAre("10"));
  EXPECT_EQ(queues.counters[OldQueue::kMessages], 230);
  EXPECT_EQ(queues.counters[OldQueue::kPrivateMessages], 700);
}

TEST_F(AdoptionPostgresTest, ACounterThatCannotBeOneIsNotBelieved) {
  queues.counters[OldQueue::kMessages] = std::int64_t{1} << 60;
  migrate(&queues);
  EXPECT_THAT(rows("SELECT CAST(nextval('chat_messages_id_seq') AS text)"), ElementsAre("231"));
}

TEST_F(AdoptionPostgresTest, ANameThatATokenGaveStays) {
  migrate(nullptr);
  run("UPDATE users SET username = 'Ada L.' WHERE username = 'ada';"
      "INSERT INTO public.user_entity(id, username) VALUES ('new', 'newcomer')");
  EXPECT_EQ(migrate(nullptr).adoption.person_count, 1);
  EXPECT_THAT(rows("SELECT username FROM users WHERE id IN"
                   " ('new', '21495524-a02f-5695-82e2-b117addc0b1e') ORDER BY id"),
              ElementsAre("Ada L.", "newcomer"));
}

TEST_F(AdoptionPostgresTest, WithoutKeycloaksTableNamesComeFromPrivateMessages) {
  run("DROP TABLE public.user_entity");
  EXPECT_EQ(migrate(nullptr).adoption.person_count, 3);
  EXPECT_THAT(rows("SELECT username FROM users ORDER BY username"),
              ElementsAre("ada", "ben", "cleo"));
}

TEST_F(AdoptionPostgresTest, AnInstallationWithoutAServerIdIsNoNewOne) {
  run("DELETE FROM server_instances; DELETE FROM rate_limiter");
  auto store = open_store(database.url()).value();
  EXPECT_EQ(store->directory().value().channels.size(), 5U);
  EXPECT_EQ(store->directory().value().limits, (MessageLimits{10, 60}));
}

TEST_F(AdoptionPostgresTest, AChannelThatAnotherDeletesIsArchivedWithItsRules) {
  migrate(nullptr);
  run("DELETE FROM channels WHERE name = 'board'");
  EXPECT_TRUE(migrate(nullptr).adoption.is_empty());
  EXPECT_THAT(rows("SELECT id || name || is_private FROM archived_channels WHERE id = 7"),
              ElementsAre("7boardtrue"));
  EXPECT_THAT(rows("SELECT 'lost' FROM logs l WHERE kind = 1 AND NOT EXISTS"
                   " (SELECT 1 FROM all_channels c WHERE c.log_id = l.id)"),
              IsEmpty());
}

TEST_F(AdoptionPostgresTest, AChannelThatAnotherPurgesEndsItsLog) {
  migrate(nullptr);
  run("BEGIN; DELETE FROM channels WHERE name = 'General';"
      "DELETE FROM chat_messages WHERE channel = 'General'; COMMIT");
  EXPECT_THAT(rows("SELECT name FROM all_channels WHERE name = 'General'"), IsEmpty());
  EXPECT_THAT(rows("SELECT 'lost' FROM log_entries WHERE message_id = 9 AND kind = 1"), IsEmpty());
}

TEST_F(AdoptionPostgresTest, WhatCameLaterGoesBehindTheRest) {
  migrate(nullptr);
  run("INSERT INTO channels(name, owner_id) VALUES ('later', '0');"
      "INSERT INTO chat_messages(cache_id, owner_id, channel, message, authored_at) VALUES"
      " (301, 'a', 'later', 'x', now()), (300, 'a', 'general', 'y', now()),"
      " (302, 'a', 'lounge', 'z', now())");
  const AdoptionReport adopted = migrate(nullptr).adoption;
  EXPECT_FALSE(adopted.is_first);
  EXPECT_EQ(adopted.channel_count, 1);
  EXPECT_THAT(adopted.archived_channels, IsEmpty());
  EXPECT_THAT(rows("SELECT c.name || ' ' || m.seq FROM chat_messages m JOIN all_channels c"
                   " ON c.id = m.channel_id WHERE m.cache_id >= 300 ORDER BY m.cache_id"),
              ElementsAre("general 6", "later 1", "lounge 3"));
}

}  // namespace
}  // namespace hubbub
