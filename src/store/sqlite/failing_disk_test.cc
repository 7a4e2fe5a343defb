// A disk that fails at its n-th write or flush, for n = 0, 1, 2 …: a batch is stored whole or not
// at all, and the writer goes on as soon as the disk does.
//
// sqlite.org/vfs.html: a layer in front of SQLite's own access to files, in use for this process's
// databases from the moment it is registered; it only counts until told to fail.
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <atomic>

#include "base/check.h"
#include "store/sql/reader.h"
#include "store/sqlite/migrations.h"
#include "store/sqlite/sqlite_store.h"
#include "store/temporary_folder.h"

namespace hubbub::sqlite {
namespace {

constexpr int kNever = -1;
// Operations until the first failure; all fail from then on.
std::atomic<int> g_operations_left = kNever;

bool fails() {
  int left = g_operations_left.load();
  if (left > 0) g_operations_left = left - 1;
  return left == 0;
}

// SQLite hands out this memory, of szOsFile bytes; the real file's follows behind.
struct File {
  sqlite3_file base;
  sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};
sqlite3_file* real(sqlite3_file* file) { return reinterpret_cast<File*>(file)->real(); }

#define FORWARD(method, ...) real(file)->pMethods->method(real(file) __VA_OPT__(, ) __VA_ARGS__)

const sqlite3_io_methods kMethods = {
    .iVersion = 2,
    .xClose = [](sqlite3_file* file) { return FORWARD(xClose); },
    .xRead = [](sqlite3_file* file, void* into, int count,
                sqlite3_int64 at) { return FORWARD(xRead, into, count, at); },
    .xWrite =
        [](sqlite3_file* file, const void* from, int count, sqlite3_int64 at) {
          return fails() ? SQLITE_IOERR_WRITE : FORWARD(xWrite, from, count, at);
        },
    .xTruncate =
        [](sqlite3_file* file, sqlite3_int64 size) {
          return fails() ? SQLITE_IOERR_TRUNCATE : FORWARD(xTruncate, size);
        },
    .xSync = [](sqlite3_file* file,
                int flags) { return fails() ? SQLITE_IOERR_FSYNC : FORWARD(xSync, flags); },
    .xFileSize = [](sqlite3_file* file, sqlite3_int64* size) { return FORWARD(xFileSize, size); },
    .xLock = [](sqlite3_file* file, int level) { return FORWARD(xLock, level); },
    .xUnlock = [](sqlite3_file* file, int level) { return FORWARD(xUnlock, level); },
    .xCheckReservedLock = [](sqlite3_file* file,
                             int* is_held) { return FORWARD(xCheckReservedLock, is_held); },
    .xFileControl = [](sqlite3_file* file, int what,
                       void* value) { return FORWARD(xFileControl, what, value); },
    .xSectorSize = [](sqlite3_file* file) { return FORWARD(xSectorSize); },
    .xDeviceCharacteristics = [](sqlite3_file* file) { return FORWARD(xDeviceCharacteristics); },
    .xShmMap = [](sqlite3_file* file, int page, int size, int extend,
                  void volatile** at) { return FORWARD(xShmMap, page, size, extend, at); },
    .xShmLock = [](sqlite3_file* file, int offset, int count,
                   int flags) { return FORWARD(xShmLock, offset, count, flags); },
    .xShmBarrier = [](sqlite3_file* file) { FORWARD(xShmBarrier); },
    .xShmUnmap = [](sqlite3_file* file, int remove) { return FORWARD(xShmUnmap, remove); },
    .xFetch = nullptr,
    .xUnfetch = nullptr,
};

#undef FORWARD

int open_file(sqlite3_vfs* layer, const char* name, sqlite3_file* file, int flags, int* out_flags) {
  auto* below = static_cast<sqlite3_vfs*>(layer->pAppData);
  const int code = below->xOpen(below, name, real(file), flags, out_flags);
  file->pMethods = code == SQLITE_OK ? &kMethods : nullptr;
  return code;
}

void install() {
  static sqlite3_vfs layer = [] {
    sqlite3_vfs* below = sqlite3_vfs_find(nullptr);
    sqlite3_vfs copy = *below;
    copy.zName = "failing";
    copy.pNext = nullptr;
    copy.pAppData = below;
    copy.szOsFile += static_cast<int>(sizeof(File));
    copy.xOpen = open_file;
    return copy;
  }();
  HUBBUB_CHECK(sqlite3_vfs_register(&layer, 1) == SQLITE_OK);
}

class FailingDiskTest : public ::testing::Test {
 protected:
  void SetUp() override {
    default_ = sqlite3_vfs_find(nullptr);
    install();
    database = Database::open(folder.path() + "/hubbub.db").value();
    ASSERT_TRUE(migrate(*database));
    writer.reset(new sql::Writer(make_writer(*database)));
    ASSERT_TRUE(writer->seed(now));
    ASSERT_TRUE(writer->begin_run(now));
  }
  void TearDown() override {
    g_operations_left = kNever;
    writer.reset();
    database.reset();
    sqlite3_vfs_register(default_, 1);
  }

  std::vector<PendingEntry> batch(const std::string& name) const {
    std::vector<PendingEntry> entries;
    for (int i = 0; i < 20; ++i) {
      entries.emplace_back(PendingMessage{ChannelId{1}, alice, std::string(2'000, 'x'),
                                          name + "-" + std::to_string(i), now});
    }
    return entries;
  }
  // One of each kind; the message that is removed comes with them.
  std::vector<PendingEntry> acts(int n) {
    const std::string name = std::to_string(n);
    const Author bob{UserId{"id-of-bob-" + name}, "bob"};
    const MessageId next{
        number("SELECT max(seq) + 1 FROM sqlite_sequence"
               " WHERE name = 'chat_messages'")};
    return {PendingMessage{ChannelId{1}, alice, std::string(2'000, 'x'), "", now},
            RemoveMessages{{next}, alice, now},
            RememberUser{bob, now},
            BanUser{bob.id, "", {}, alice, Role::kAdmin, now},
            MuteUser{bob.id, {}, "", {}, alice, Role::kAdmin, now},
            CreateChannel{name, "", alice, now},
            RecordSessions{{{n + 1, bob.id, now, now}}, 1, now}};
  }
  std::int64_t number(const std::string& sql) {
    Statement statement(*database, sql);
    Rows rows = statement.query();
    return rows.next() ? rows.integer(0) : -1;
  }

  const Time now = system_clock().now();
  const Author alice{UserId{"id-of-alice"}, "alice"};
  TemporaryFolder folder;
  std::unique_ptr<Database> database;
  std::unique_ptr<sql::Writer> writer;

 private:
  sqlite3_vfs* default_ = nullptr;
};

TEST_F(FailingDiskTest, ABatchIsStoredWholeOrNotAtAll) {
  // So that checkpoints fall into the commits, and their failures too.
  ASSERT_TRUE(database->execute("PRAGMA wal_autocheckpoint = 20"));
  std::int64_t stored = number("SELECT head_seq FROM logs WHERE id = 1");
  int failures = 0;
  // Within the first hundred or so the commit fails, beyond them only the checkpoint after it.
  constexpr int kOperations = 150;
  for (int n = 0; n < kOperations; ++n) {
    const auto entries = batch(std::to_string(n));
    g_operations_left = n;
    const bool is_committed = writer->commit(entries).has_value();
    g_operations_left = kNever;
    failures += is_committed ? 0 : 1;

    // What was told unavailable may have been stored after all; the sender's repetition finds out.
    const auto again = writer->commit(entries);
    ASSERT_TRUE(again) << n << ": " << again.error().detail;
    stored += std::ssize(entries);
    ASSERT_EQ(number("SELECT head_seq FROM logs WHERE id = 1"), stored) << n;
    ASSERT_EQ(number("SELECT count(*) FROM log_entries WHERE log_id = 1"), stored) << n;
    ASSERT_EQ(number("SELECT count(*) FROM chat_messages"), stored) << n;
    EXPECT_TRUE(!is_committed || again->results.at(0)->is_repeated) << n;
  }
  EXPECT_GT(failures, 10);
  EXPECT_LT(failures, kOperations);
  Statement check(*database, "PRAGMA integrity_check");
  Rows rows = check.query();
  ASSERT_TRUE(rows.next());
  EXPECT_EQ(rows.text(0), "ok");
}

TEST_F(FailingDiskTest, TheProbeFailsAsLongAsTheDiskDoes) {
  const std::int64_t limit = number("SELECT message_limit FROM rate_limiter");
  EXPECT_TRUE(writer->probe());
  g_operations_left = 0;
  EXPECT_FALSE(writer->probe());
  EXPECT_FALSE(writer->probe());
  g_operations_left = kNever;
  EXPECT_TRUE(writer->probe());
  EXPECT_EQ(number("SELECT message_limit FROM rate_limiter"), limit);
}

TEST_F(FailingDiskTest, AnActIsDoneAndToldOrNeither) {
  std::int64_t done = 0;
  int failures = 0;
  constexpr int kOperations = 120;
  for (int n = 0; n < kOperations; ++n) {
    const auto entries = acts(n);
    g_operations_left = n;
    const bool is_committed = writer->commit(entries).has_value();
    g_operations_left = kNever;
    failures += is_committed ? 0 : 1;

    // What was told unavailable may have been stored after all.
    const std::int64_t bans = number("SELECT count(*) FROM bans");
    ASSERT_TRUE(bans == done + 1 || (bans == done && !is_committed)) << n;
    done = bans;
    ASSERT_EQ(number("SELECT count(*) FROM mutes"), done) << n;
    ASSERT_EQ(number("SELECT count(*) FROM audit_log WHERE action = 'user.ban'"), done) << n;
    ASSERT_EQ(number("SELECT count(*) FROM audit_log"), 4 * done) << n;
    ASSERT_EQ(number("SELECT count(*) FROM chat_messages WHERE removed_at > 0"), done) << n;
    ASSERT_EQ(number("SELECT count(*) FROM log_entries WHERE kind = 3"), done) << n;
    ASSERT_EQ(number("SELECT count(*) FROM chat_sessions"), done) << n;
    ASSERT_EQ(number("SELECT count(*) FROM channels"), 1 + done) << n;
  }
  EXPECT_GT(failures, 5);
  EXPECT_LT(failures, kOperations);
}

}  // namespace
}  // namespace hubbub::sqlite
