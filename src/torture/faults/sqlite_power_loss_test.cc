// The proof that the faults are worth something: SQLite, which keeps its promise on a disk that
// keeps its own, over many lives of one database; and the proof that they bite, where it is told
// not to sync.
#include <random>
#include <thread>

#include "torture/faults/disk_world.h"

namespace hubbub::torture {
namespace {

class SqlitePowerLossTest : public DiskWorld {
 protected:
  static constexpr std::uint64_t kLives = 20;

  // What the process found when it came back.
  struct Found {
    std::string integrity;
    long rows = -1;
  };
  Found start_rows(const std::string& synchronous) {
    user->tell("rows rows.db " + synchronous);
    Found found;
    found.integrity = user->answer().value_or("nothing");
    found.rows = std::atol(user->answer().value_or("-1").c_str());
    return found;
  }
  // Reads so many reports. Each is the number of a row, or says that one was refused.
  void read(std::uint64_t reports) {
    for (std::uint64_t i = 0; i < reports; ++i) EXPECT_TRUE(read_one());
  }
  // Kills the process, which is somewhere behind its last report, and reads what it had said.
  void kill() {
    user->kill();
    while (read_one()) {
    }
  }
  bool read_one() {
    const auto line = user->answer();
    if (!line) return false;
    if (*line == "refused") {
      ++refused;
    } else {
      reported = std::atol(line->c_str());
    }
    return true;
  }

  long reported = 0;
  std::uint64_t refused = 0;
  std::mt19937_64 random{11};
};

TEST_F(SqlitePowerLossTest, NoReportedRowIsEverLost) {
  Discarded all;
  for (std::uint64_t life = 0; life < kLives; ++life) {
    const auto found = start_rows("FULL");
    ASSERT_EQ(found.integrity, "ok") << "life " << life;
    ASSERT_GE(found.rows, reported) << "life " << life;
    // The next may have been committed without a chance to say so.
    ASSERT_LE(found.rows, reported + 1) << "life " << life;
    reported = found.rows;
    read(random() % 20);
    kill();
    if (random() % 4 == 0) {
      restart();
      continue;
    }
    const auto discarded = lose_power(life);
    all.blocks_lost += discarded.blocks_lost;
    all.blocks_kept += discarded.blocks_kept;
  }
  EXPECT_GT(reported, 100);
  EXPECT_GT(all.blocks_lost, 0U);
  EXPECT_GT(all.blocks_kept, 0U);
}

TEST_F(SqlitePowerLossTest, NorWhereSyncsFailAndTheDiskIsFull) {
  for (std::uint64_t life = 0; life < kLives; ++life) {
    const auto found = start_rows("FULL");
    ASSERT_EQ(found.integrity, "ok") << "life " << life;
    ASSERT_GE(found.rows, reported) << "life " << life;
    reported = found.rows;
    for (std::uint64_t i = 0; i < 3; ++i) {
      read(random() % 8);
      disk.fail_syncs(random() % 3 == 0);
      disk.fill(random() % 3 == 0, random() % 20'000);
    }
    kill();
    disk.heal();
    if (disk.has_stale_cache() || random() % 2 == 0) {
      lose_power(life);
    } else {
      restart();
    }
  }
  // How many, the machine says: rows come as fast as they are read.
  EXPECT_GT(reported, 0);
  EXPECT_GT(refused, 0U);
  EXPECT_GT(disk.counts().syncs_failed, 0U);
  EXPECT_GT(disk.counts().writes_refused, 0U);
  EXPECT_GT(disk.counts().writes_cut_short, 0U);
}

// A process that is killed before its sync leaves a row that the next one finds, in the page cache
// alone. disk_user.cc has it checkpointed, and so synced, before it shows the row to anyone.
TEST_F(SqlitePowerLossTest, WhatARestartShowsIsThereForGood) {
  long shown = 0;
  std::uint64_t shown_unreported = 0;
  for (std::uint64_t life = 0; life < kLives; ++life) {
    ASSERT_GE(start_rows("FULL").rows, shown) << "life " << life;
    read(2);
    const auto delayed = disk.counts().syncs_delayed;
    disk.delay_syncs(std::chrono::hours(1));
    while (disk.counts().syncs_delayed == delayed) std::this_thread::yield();
    kill();
    disk.heal();
    restart();
    shown = start_rows("FULL").rows;
    shown_unreported += shown > reported ? 1 : 0;
    lose_power(life);
  }
  EXPECT_GT(shown_unreported, 0U);
}

TEST_F(SqlitePowerLossTest, WithoutSyncsRowsAreLost) {
  std::uint64_t lives_with_losses = 0;
  for (std::uint64_t seed = 0; seed < kLives; ++seed) {
    start_rows("FULL");
    read(1);
    restart();
    start_rows("OFF");
    read(30);
    kill();
    lose_power(seed);
    const auto found = start_rows("FULL");
    lives_with_losses += found.integrity != "ok" || found.rows < reported ? 1 : 0;
    kill();
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
      std::filesystem::remove(entry.path());
    }
    disk.adopt();
    restart();
  }
  // Not in all: by chance everything survives.
  EXPECT_GT(lives_with_losses, kLives / 2);
}

}  // namespace
}  // namespace hubbub::torture
