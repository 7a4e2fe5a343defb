// Both databases, with the tables that the server makes. Each test runs once for each.
#include "torture/check/stored_logs.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "torture/check/temporary_folder.h"
#include "torture/check/test_database.h"

namespace hubbub::torture {
namespace {

using Complaints = std::vector<std::string>;

// Two people and an administrator; the channels `general`, as a new server makes it, and `lobby`,
// with two messages. torture-0 told torture-1 one thing, and themselves another.
class StoredLogsTest : public ::testing::TestWithParam<TestDatabaseKind> {
 protected:
  static constexpr int kGeneralLog = 1;
  static constexpr int kLobbyLog = 2;
  static constexpr int kInboxOf0 = 3;
  static constexpr int kInboxOf1 = 4;
  static constexpr int kInboxOfAdmin = 5;
  static constexpr int kGeneral = 1;
  static constexpr int kLobby = 2;

  void SetUp() override {
    database->add_log(kGeneralLog, 1, "", 1);
    database->add_channel(kGeneral, kGeneralLog, "general");
    database->add_message(1, kGeneral, 1, "hubbub", "Welcome!");
    database->add_entry(kGeneralLog, 1, 1, 1);

    database->add_log(kLobbyLog, 1, "", 2);
    database->add_channel(kLobby, kLobbyLog, "lobby");
    database->add_message(2, kLobby, 1, person_id(0), text_of({0, 1}), "'w0-1'");
    database->add_entry(kLobbyLog, 1, 1, 2);
    database->add_message(3, kLobby, 2, person_id(1), text_of({1, 1}));
    database->add_entry(kLobbyLog, 2, 1, 3);

    database->add_log(kInboxOf0, 2, person_id(0), 2);
    database->add_log(kInboxOf1, 2, person_id(1), 1);
    database->add_log(kInboxOfAdmin, 2, "id-admin", 0);
    database->add_private_message(1, person_id(0), 1, person_id(1), "1", text_of({0, 2}), "'w0-2'");
    database->add_entry(kInboxOf0, 1, 2, 1);
    database->add_entry(kInboxOf1, 1, 2, 1);
    database->add_private_message(2, person_id(0), 2, person_id(0), "NULL", text_of({0, 3}));
    database->add_entry(kInboxOf0, 2, 2, 2);
  }

  Stored read() { return database->read(known); }
  static const StoredLog& log_of(const Stored& stored, Log::Kind kind, std::uint32_t index) {
    const auto found = std::ranges::find(stored.logs, Log{kind, index}, &StoredLog::log);
    EXPECT_NE(found, stored.logs.end());
    return *found;
  }

  const std::unique_ptr<TestDatabase> database = GetParam().make();
  Known known{2, {"lobby"}, {"id-admin"}};
};

TEST_P(StoredLogsTest, ReadsEveryLogOfTheCast) {
  const Stored stored = read();
  EXPECT_EQ(stored.complaints, Complaints());
  ASSERT_EQ(stored.logs.size(), 3U);

  const StoredLog& lobby = log_of(stored, Log::Kind::kChannel, 0);
  EXPECT_EQ(lobby.epoch, "epoch-2");
  EXPECT_EQ(lobby.first, 1);
  EXPECT_EQ(lobby.head, 2);
  ASSERT_EQ(lobby.entries.size(), 2U);
  EXPECT_EQ(lobby.entries[0].seq, 1);
  EXPECT_EQ(lobby.entries[0].message_id, 2);
  EXPECT_EQ(lobby.entries[0].owner_id, person_id(0));
  EXPECT_EQ(lobby.entries[0].send_key, "w0-1");
  EXPECT_EQ(lobby.entries[0].message, (MessageName{0, 1}));
  EXPECT_EQ(lobby.entries[0].foreign_text, "");
  EXPECT_EQ(lobby.entries[1].message, (MessageName{1, 1}));
  EXPECT_EQ(lobby.entries[1].send_key, "");

  const StoredLog& of_0 = log_of(stored, Log::Kind::kInbox, 0);
  ASSERT_EQ(of_0.entries.size(), 2U);
  EXPECT_EQ(of_0.entries[0].message, (MessageName{0, 2}));
  EXPECT_EQ(of_0.entries[0].send_key, "w0-2");
  EXPECT_EQ(of_0.entries[1].message, (MessageName{0, 3}));
  const StoredLog& of_1 = log_of(stored, Log::Kind::kInbox, 1);
  ASSERT_EQ(of_1.entries.size(), 1U);
  EXPECT_EQ(of_1.entries[0].message, (MessageName{0, 2}));
  EXPECT_EQ(of_1.entries[0].owner_id, person_id(0));
}

TEST_P(StoredLogsTest, ReadsWhatIsThereAndNotWhatShouldBe) {
  database->execute("DELETE FROM log_entries WHERE log_id = 2 AND seq = 1");
  database->execute("UPDATE logs SET head_seq = 9, first_seq = 2 WHERE id = 2");
  const StoredLog lobby = log_of(read(), Log::Kind::kChannel, 0);
  EXPECT_EQ(lobby.first, 2);
  EXPECT_EQ(lobby.head, 9);
  ASSERT_EQ(lobby.entries.size(), 1U);
  EXPECT_EQ(lobby.entries[0].seq, 2);
}

TEST_P(StoredLogsTest, AMessageThatNoLogHasIsComplainedOf) {
  database->execute("DELETE FROM log_entries WHERE log_id = 2 AND seq = 1");
  EXPECT_EQ(read().complaints,
            Complaints{"1 messages are not at the place in their channel's log that they name"});
}

TEST_P(StoredLogsTest, SoIsAMessageThatNamesAnotherPlaceThanItHas) {
  database->execute("UPDATE chat_messages SET seq = 7 WHERE id = 2");
  EXPECT_EQ(read().complaints.size(), 1U);
}

TEST_P(StoredLogsTest, SoIsAPrivateMessageThatAnInboxDoesNotHave) {
  database->execute("DELETE FROM log_entries WHERE log_id = 3 AND seq = 1");
  EXPECT_EQ(
      read().complaints,
      Complaints{"1 private messages are not at the place in their sender's inbox that they name"});
  database->add_entry(kInboxOf0, 1, 2, 1);
  database->execute("DELETE FROM log_entries WHERE log_id = 4");
  EXPECT_EQ(
      read().complaints,
      Complaints{
          "1 private messages are not at the place in their recipient's inbox that they name"});
}

TEST_P(StoredLogsTest, SoIsAPrivateMessageToOneselfWithASecondPlace) {
  database->execute("UPDATE private_messages SET recipient_seq = 2 WHERE id = 2");
  EXPECT_EQ(read().complaints.size(), 1U);
}

TEST_P(StoredLogsTest, AnEntryWithoutItsMessageIsNobodysText) {
  database->execute("DELETE FROM chat_messages WHERE id = 2");
  const StoredLog lobby = log_of(read(), Log::Kind::kChannel, 0);
  ASSERT_EQ(lobby.entries.size(), 2U);
  EXPECT_EQ(lobby.entries[0].message, std::nullopt);
  EXPECT_EQ(lobby.entries[0].owner_id, "");
}

TEST_P(StoredLogsTest, AnEntryOfAnotherKindIsNobodysText) {
  database->execute("UPDATE log_entries SET kind = 3 WHERE log_id = 2 AND seq = 1");
  EXPECT_EQ(log_of(read(), Log::Kind::kChannel, 0).entries[0].message, std::nullopt);
}

TEST_P(StoredLogsTest, AnotherTextIsKept) {
  database->execute("UPDATE chat_messages SET message = 'Hello' WHERE id = 2");
  const StoredLog lobby = log_of(read(), Log::Kind::kChannel, 0);
  EXPECT_EQ(lobby.entries[0].message, std::nullopt);
  EXPECT_EQ(lobby.entries[0].foreign_text, "Hello");
}

TEST_P(StoredLogsTest, EntriesOfNoLogAreComplainedOf) {
  database->add_entry(99, 1, 1, 2);
  EXPECT_EQ(read().complaints, Complaints{"1 entries are of no log"});
}

TEST_P(StoredLogsTest, AChannelThatNobodyMadeIsComplainedOf) {
  database->add_log(6, 1, "", 0);
  database->add_channel(6, 6, "secret");
  EXPECT_EQ(read().complaints,
            Complaints{"there is the channel secret, with 0 entries, which is not of the run"});
}

TEST_P(StoredLogsTest, SoIsTheFirstChannelWhenSomebodySaidSomethingThere) {
  database->add_message(4, kGeneral, 2, person_id(0), text_of({0, 4}));
  database->add_entry(kGeneralLog, 2, 1, 4);
  database->execute("UPDATE logs SET head_seq = 2 WHERE id = 1");
  EXPECT_EQ(read().complaints,
            Complaints{"there is the channel general, with 2 entries, which is not of the run"});
}

TEST_P(StoredLogsTest, TheFirstChannelMayBeArchived) {
  database->archive_channel(kGeneral);
  EXPECT_EQ(read().complaints, Complaints());
}

TEST_P(StoredLogsTest, AChannelOfTheCastMayNot) {
  database->archive_channel(kLobby);
  const Stored stored = read();
  EXPECT_EQ(stored.logs.size(), 2U);
  EXPECT_EQ(
      stored.complaints,
      Complaints{"there is the archived channel lobby, with 2 entries, which is not of the run"});
}

TEST_P(StoredLogsTest, AnInboxOfAStrangerIsComplainedOf) {
  known.bystanders.clear();
  EXPECT_EQ(read().complaints,
            Complaints{"there is the inbox of id-admin, with 0 entries, which is not of the run"});
}

TEST_P(StoredLogsTest, ABystandersInboxIsEmpty) {
  database->execute("UPDATE logs SET head_seq = 1 WHERE id = 5");
  EXPECT_EQ(read().complaints,
            Complaints{"there is the inbox of id-admin, with 0 entries, which is not of the run"});
}

TEST_P(StoredLogsTest, ALogOfNobodyIsComplainedOf) {
  database->add_log(6, 1, "", 0);
  EXPECT_EQ(read().complaints, Complaints{"there is log 6, which is of no channel and of nobody, "
                                          "with 0 entries, which is not of the run"});
}

TEST_P(StoredLogsTest, ATableThatIsMissingIsAnError) {
  database->execute("ALTER TABLE log_entries RENAME TO entries_of_logs");
  EXPECT_THROW(read(), std::runtime_error);
}

INSTANTIATE_TEST_SUITE_P(Both, StoredLogsTest, ::testing::ValuesIn(test_databases()),
                         [](const auto& info) { return std::string(info.param.name); });

// --- SQLite alone ---

std::string bytes_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

class SqliteFileTest : public ::testing::Test {
 protected:
  TemporaryFolder folder;
  const std::string path = folder.path() + "/none.db";
};

// The file and its log are all that a killed server, and a power cut, leave.
TEST_F(SqliteFileTest, WhatIsOnlyInTheWriteAheadLogIsReadAndStaysThere) {
  const auto database = test_databases()[0].make();
  database->execute("PRAGMA wal_checkpoint(TRUNCATE)");
  database->add_log(1, 1, "", 1);
  database->add_channel(1, 1, "lobby");
  database->add_message(1, 1, 1, person_id(0), text_of({0, 1}));
  database->add_entry(1, 1, 1, 1);
  for (const char* part : {"", "-wal"}) {
    std::filesystem::copy_file(database->path() + part, path + part);
  }
  const std::string bytes = bytes_of(path);
  const std::string log_bytes = bytes_of(path + "-wal");
  const Stored stored = read_sqlite(path, {0, {"lobby"}, {}});
  EXPECT_EQ(stored.complaints, Complaints());
  ASSERT_EQ(stored.logs.size(), 1U);
  EXPECT_EQ(stored.logs[0].entries.at(0).message, (MessageName{0, 1}));
  EXPECT_EQ(bytes_of(path), bytes);
  EXPECT_EQ(bytes_of(path + "-wal"), log_bytes);
}

TEST_F(SqliteFileTest, AnIndexThatDoesNotFitItsTableIsComplainedOf) {
  const auto database = test_databases()[0].make();
  database->add_log(1, 1, "", 0);
  database->add_channel(7, 1, "general");
  database->add_message(1, 7, 2, person_id(0), "Hello");
  database->execute(
      "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql ="
      " 'CREATE INDEX chat_messages_by_channel ON chat_messages(seq)'"
      " WHERE name = 'chat_messages_by_channel'");
  const Complaints complaints = database->read({}).complaints;
  EXPECT_TRUE(std::ranges::any_of(complaints, [](const std::string& complaint) {
    return complaint.starts_with("integrity_check: ") &&
           complaint.find("chat_messages_by_channel") != std::string::npos;
  })) << ::testing::PrintToString(complaints);
}

TEST_F(SqliteFileTest, AFileThatIsNotThereIsAnErrorAndIsNotMade) {
  EXPECT_THROW(read_sqlite(path, {}), std::runtime_error);
  EXPECT_FALSE(std::filesystem::exists(path));
}

TEST_F(SqliteFileTest, AFileThatIsNoDatabaseIsAnError) {
  std::ofstream(path) << std::string(8'192, 'x');
  EXPECT_THROW(read_sqlite(path, {}), std::runtime_error);
}

TEST(ConnectionTest, AServerThatDoesNotAnswerIsAnErrorThatNamesNoPassword) {
  try {
    read_postgresql("postgresql://me:secret@127.0.0.1:1/none", {});
    FAIL();
  } catch (const std::runtime_error& error) {
    EXPECT_EQ(std::string(error.what()).find("secret"), std::string::npos) << error.what();
  }
}

}  // namespace
}  // namespace hubbub::torture
