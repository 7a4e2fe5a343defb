#include "torture/faults/disk.h"

#include <algorithm>
#include <cerrno>
#include <set>
#include <thread>

#include "torture/faults/disk_world.h"

namespace hubbub::torture {
namespace {

using namespace std::chrono_literals;

constexpr std::uint64_t kSeeds = 12;  // enough to meet each way of losing

class DiskTest : public DiskWorld {
 protected:
  // Makes the file durable with these letters, its name too.
  void make_durable(const std::string& name, char letter, std::size_t count) {
    all({"open " + name, "write " + name + " 0 " + letter + ' ' + std::to_string(count),
         "sync " + name, "open_directory .", "sync .", "close ."});
  }
  // What the file may have after a power cut. Each time it is first brought to the same state.
  template <typename Prepare>
  std::set<std::string> outcomes(const std::string& name, Prepare prepare) {
    std::set<std::string> found;
    for (std::uint64_t seed = 0; seed < kSeeds; ++seed) {
      prepare();
      lose_power(seed);
      found.insert(is_there(name) ? bytes_of(name) : "gone");
    }
    return found;
  }
};

std::size_t count(const std::string& bytes, char letter) {
  return static_cast<std::size_t>(std::ranges::count(bytes, letter));
}

TEST_F(DiskTest, WhatWasSyncedIsThereAndOfTheRestAnyPart) {
  const auto found = outcomes("a", [&] {
    make_durable("a", 's', 8192);
    all({"write a 4096 u 4096"});
  });
  bool is_torn = false;
  for (const auto& bytes : found) {
    EXPECT_EQ(bytes.substr(0, 4096), std::string(4096, 's'));
    EXPECT_EQ(bytes.size(), 8192U);
    for (std::size_t at = 4096; at < 8192; at += 512) {
      const auto block = bytes.substr(at, 512);
      EXPECT_TRUE(count(block, 's') == 512 || count(block, 'u') == 512) << at;
    }
    is_torn = is_torn || (count(bytes, 'u') > 0 && count(bytes, 'u') < 4096);
  }
  EXPECT_TRUE(found.contains(std::string(8192, 's')));
  EXPECT_TRUE(found.contains(std::string(4096, 's') + std::string(4096, 'u')));
  EXPECT_TRUE(is_torn);
}

TEST_F(DiskTest, TheSameSeedLosesTheSame) {
  const auto lose = [&] {
    make_durable("a", 's', 100'000);
    all({"write a 0 u 100000"});
    lose_power(5);
    return bytes_of("a");
  };
  const auto first = lose();
  EXPECT_EQ(lose(), first);
  EXPECT_GT(count(first, 's'), 0U);
  EXPECT_GT(count(first, 'u'), 0U);
}

TEST_F(DiskTest, WhatGrewMayBeCutAndMayBeZeros) {
  const auto found = outcomes("a", [&] {
    make_durable("a", 's', 1000);
    all({"truncate a 1000", "sync a", "write a 1000 u 9000"});
  });
  std::set<std::size_t> sizes;
  for (const auto& bytes : found) {
    sizes.insert(bytes.size());
    EXPECT_EQ(bytes.substr(0, 1000), std::string(1000, 's'));
    EXPECT_EQ(count(bytes, 'u') + count(bytes, '\0') + 1000, bytes.size());
  }
  EXPECT_EQ(*sizes.begin(), 1000U);
  EXPECT_EQ(*sizes.rbegin(), 10'000U);
  EXPECT_GT(sizes.size(), 2U);
  EXPECT_TRUE(std::ranges::any_of(found, [](auto& bytes) { return count(bytes, '\0') > 0; }));
}

TEST_F(DiskTest, TruncationIsDurableOnceSynced) {
  const auto cut = outcomes("a", [&] {
    make_durable("a", 's', 9000);
    all({"truncate a 100"});
  });
  EXPECT_TRUE(cut.contains(std::string(9000, 's')));
  EXPECT_TRUE(cut.contains(std::string(100, 's')));
  const auto synced = outcomes("a", [&] {
    make_durable("a", 's', 9000);
    all({"truncate a 100", "truncate a 9000", "sync_data a"});
  });
  EXPECT_EQ(synced, (std::set<std::string>{std::string(100, 's') + std::string(8900, '\0')}));
  const auto opened = outcomes("a", [&] {
    make_durable("a", 's', 9000);
    all({"open_truncated a", "write a 8192 u 1", "sync a"});
  });
  EXPECT_EQ(opened, (std::set<std::string>{std::string(8192, '\0') + 'u'}));
}

TEST_F(DiskTest, AFailedSyncDropsWhatNoLaterSyncBringsBack) {
  const auto found = outcomes("a", [&] {
    make_durable("a", 's', 8192);
    all({"write a 0 u 4096"});
    disk.fail_syncs(true);
    EXPECT_EQ(user->ask("sync a"), -EIO);
    disk.heal();
    EXPECT_TRUE(disk.has_stale_cache());
    all({"write a 4096 w 4096", "sync a"});
  });
  EXPECT_TRUE(found.contains(std::string(4096, 's') + std::string(4096, 'w')));
  for (const auto& bytes : found) EXPECT_EQ(bytes.substr(4096), std::string(4096, 'w'));
  EXPECT_FALSE(disk.has_stale_cache());
  EXPECT_EQ(disk.counts().syncs_failed, kSeeds);
  const auto rewritten = outcomes("a", [&] {
    make_durable("a", 's', 4096);
    all({"write a 0 u 4096"});
    disk.fail_syncs(true);
    EXPECT_EQ(user->ask("sync_data a"), -EIO);
    disk.heal();
    all({"write a 0 u 4096", "sync a"});
  });
  EXPECT_EQ(rewritten.size(), 1U);
  EXPECT_EQ(rewritten.begin()->substr(0, 4096), std::string(4096, 'u'));
}

TEST_F(DiskTest, AKillKeepsEverythingAndSyncsNothing) {
  const auto found = outcomes("a", [&] {
    make_durable("a", 's', 4096);
    all({"write a 0 u 4096"});
    restart();
    EXPECT_EQ(bytes_of("a"), std::string(4096, 'u'));
    all({"open a"});
  });
  EXPECT_TRUE(found.contains(std::string(4096, 's')));
}

TEST_F(DiskTest, ASyncAlsoBringsWhatAnEarlierProcessWrote) {
  const auto found = outcomes("a", [&] {
    make_durable("a", 's', 300'000);
    all({"write a 200000 u 10"});
    restart();
    all({"open a", "sync a"});
  });
  EXPECT_EQ(found.size(), 1U);
  EXPECT_EQ(count(*found.begin(), 'u'), 10U);
}

TEST_F(DiskTest, ButNotWhatAFailedSyncOfAnEarlierProcessDropped) {
  const auto found = outcomes("a", [&] {
    make_durable("a", 's', 4096);
    all({"write a 0 u 4096"});
    disk.fail_syncs(true);
    EXPECT_EQ(user->ask("sync a"), -EIO);
    disk.heal();
    restart();
    all({"open a", "sync a"});
  });
  EXPECT_TRUE(found.contains(std::string(4096, 's')));
}

TEST_F(DiskTest, FilesLoseForThemselves) {
  const auto found = outcomes("a", [&] {
    make_durable("a", 's', 4096);
    make_durable("b", 's', 4096);
    all({"write a 0 u 4096", "write b 0 u 4096", "sync b"});
  });
  EXPECT_TRUE(found.contains(std::string(4096, 's')));
  EXPECT_EQ(bytes_of("b"), std::string(4096, 'u'));
}

TEST_F(DiskTest, ANewFileMayBeGoneUntilItsDirectoryIsSynced) {
  const auto new_file = [&] {
    if (is_there("a")) all({"unlink a"});
    all({"open_new a", "write a 0 s 10", "sync a"});
  };
  EXPECT_EQ(outcomes("a", new_file), (std::set<std::string>{"gone", std::string(10, 's')}));
  const auto with_directory = [&] {
    new_file();
    all({"open_directory .", "sync ."});
  };
  EXPECT_EQ(outcomes("a", with_directory), (std::set<std::string>{std::string(10, 's')}));
}

TEST_F(DiskTest, ASyncOfADirectoryIsForTheNamesInItAlone) {
  std::filesystem::create_directory(folder + "/inner");
  const auto make_both = [&](const std::string& synced) {
    for (const std::string name : {"a", "inner/a"}) {
      if (is_there(name)) all({"unlink " + name});
      all({"open " + name});
    }
    all({"open_directory " + synced, "sync " + synced});
    disk.fail_syncs(true);
    all({"open_directory .", "open_directory inner"});
    EXPECT_EQ(user->ask("sync ."), -EIO);
    EXPECT_EQ(user->ask("sync_data inner"), -EIO);
    disk.heal();
  };
  const std::set<std::string> there{""};
  const std::set<std::string> there_or_gone{"", "gone"};
  EXPECT_EQ(outcomes("a", [&] { make_both("."); }), there);
  EXPECT_EQ(outcomes("inner/a", [&] { make_both("."); }), there_or_gone);
  EXPECT_EQ(outcomes("a", [&] { make_both("inner"); }), there_or_gone);
  EXPECT_EQ(outcomes("inner/a", [&] { make_both("inner"); }), there);
}

TEST_F(DiskTest, WhatSurvivedOnePowerCutSurvivesTheNext) {
  for (std::uint64_t seed = 0; seed < kSeeds; ++seed) {
    make_durable("a", 's', 20'000);
    all({"write a 0 u 30000", seed % 2 == 0 ? "truncate a 5000" : "truncate a 35000"});
    lose_power(seed);
    const auto bytes = bytes_of("a");
    all({"open a"});
    EXPECT_EQ(lose_power(seed + 1).blocks_kept, 0U);
    EXPECT_EQ(bytes_of("a"), bytes);
  }
}

TEST_F(DiskTest, AFileThatIsMadeAgainHasNothingOfTheOldOne) {
  const auto found = outcomes("a", [&] {
    make_durable("a", 's', 4096);
    all({"unlink a", "close a", "open a", "write a 0 u 4096", "open_directory .", "sync ."});
  });
  for (const auto& bytes : found) EXPECT_EQ(count(bytes, 's'), 0U);
  EXPECT_TRUE(found.contains(""));
}

TEST_F(DiskTest, ARenamedFileKeepsWhatIsDurableOfIt) {
  const auto found = outcomes("b", [&] {
    make_durable("a", 's', 4096);
    make_durable("b", 'o', 4096);
    all({"write a 0 u 4096", "rename a b"});
  });
  EXPECT_FALSE(is_there("a"));
  for (const auto& bytes : found) EXPECT_EQ(count(bytes, 'o'), 0U);
  EXPECT_TRUE(found.contains(std::string(4096, 's')));
  EXPECT_TRUE(found.contains(std::string(4096, 'u')));
}

TEST_F(DiskTest, ANameThatWasThereBeforeIsNeverGone) {
  const auto found = outcomes("b", [&] {
    make_durable("b", 'o', 4096);
    all({"open_new a", "write a 0 s 4096", "sync a", "rename a b"});
  });
  EXPECT_EQ(found, (std::set<std::string>{std::string(4096, 's')}));
}

TEST_F(DiskTest, ANameThatWasGivenAwayIsTheNewFiles) {
  const auto found = outcomes("b", [&] {
    make_durable("a", 's', 4096);
    make_durable("b", 'o', 4096);
    all({"rename a b", "close a", "open b", "write b 0 u 4096", "sync b"});
  });
  EXPECT_EQ(found, (std::set<std::string>{std::string(4096, 'u')}));
}

// As a key is written beside and then given its name (auth/signing_key.cc).
TEST_F(DiskTest, ASecondNameIsOfTheSameBytes) {
  const auto link = [&] {
    if (is_there("b")) all({"unlink b"});
    all({"open b", "write b 0 o 4096", "sync b", "unlink b", "close b"});
    all({"open_new a", "write a 0 s 4096", "sync a", "write a 0 u 4096", "link a b", "unlink a"});
  };
  const auto found = outcomes("b", [&] {
    link();
    all({"open_directory .", "sync ."});
  });
  EXPECT_TRUE(found.contains(std::string(4096, 's')));
  for (const auto& bytes : found) EXPECT_EQ(count(bytes, 's') + count(bytes, 'u'), 4096U);
  EXPECT_TRUE(outcomes("b", link).contains("gone"));
}

TEST_F(DiskTest, EveryWayOfWritingIsSeen) {
  const auto found = outcomes("a", [&] {
    make_durable("a", 's', 100);
    all({"close a", "open_truncated a", "append a b 4096", "append a c 4096",
         "write_parts a 8192 de 4096", "copy_descriptor a copy", "close a",
         "write copy 16384 f 4096", "sync copy"});
  });
  std::string all_bytes;
  for (const char letter : {'b', 'c', 'd', 'e', 'f'}) all_bytes.append(4096, letter);
  EXPECT_EQ(found, (std::set<std::string>{all_bytes}));
}

TEST_F(DiskTest, AFullDiskTakesWhatIsLeftAndRefusesTheRest) {
  make_durable("a", 's', 8192);
  disk.fill(true, 3000);
  EXPECT_EQ(user->ask("write a 0 u 100"), 100);
  EXPECT_EQ(user->ask("write a 4096 u 8192"), 2560);
  EXPECT_EQ(user->ask("write a 6656 u 5632"), -ENOSPC);
  EXPECT_EQ(user->ask("append a u 1000"), -ENOSPC);
  EXPECT_EQ(user->ask("write_parts a 0 uv 1000"), -ENOSPC);
  EXPECT_EQ(user->ask("truncate a 9000"), -ENOSPC);
  EXPECT_EQ(user->ask("allocate a 0 9000"), -ENOSPC);
  EXPECT_EQ(user->ask("open b"), -ENOSPC);
  EXPECT_FALSE(is_there("b"));
  EXPECT_EQ(bytes_of("a"), std::string(100, 'u') + std::string(3996, 's') + std::string(2560, 'u') +
                               std::string(1536, 's'));
  EXPECT_EQ(disk.counts().writes_refused, 6U);
  EXPECT_EQ(disk.counts().writes_cut_short, 1U);
  all({"truncate a 100", "sync a", "unlink a"});
  disk.heal();
  all({"open b", "write b 0 s 10"});
}

TEST_F(DiskTest, AFullDiskCutsBetweenTheBuffersOfOneWriteToo) {
  make_durable("a", 's', 8192);
  disk.fill(true, 5000);
  EXPECT_EQ(user->ask("write_parts a 0 uv 4096"), 4096);
  EXPECT_EQ(bytes_of("a"), std::string(4096, 'u') + std::string(4096, 's'));
}

TEST_F(DiskTest, ALateSyncWaitsUntilTheDelayIsTakenBack) {
  make_durable("a", 's', 100);
  EXPECT_EQ(disk.counts().syncs_delayed, 0U);
  disk.delay_syncs(1h);
  user->tell("sync a");
  while (disk.counts().syncs_delayed == 0) std::this_thread::yield();
  disk.heal();
  EXPECT_EQ(user->answer(), "0");
  disk.delay_syncs(1ms);
  all({"sync a"});
  EXPECT_EQ(disk.counts().syncs_delayed, 2U);
}

TEST_F(DiskTest, FilesOutsideOfTheFolderAreLeftAlone) {
  all({"open ../outside", "write ../outside 0 s 100", "sync ../outside"});
  disk.fail_syncs(true);
  disk.fill(true);
  all({"write ../outside 0 u 100", "sync ../outside", "open ../outside2"});
  disk.heal();
  EXPECT_EQ(disk.counts().writes, 0U);
  EXPECT_EQ(disk.counts().syncs, 0U);
  for (std::uint64_t seed = 0; seed < kSeeds; ++seed) lose_power(seed);
  EXPECT_EQ(bytes_of("../outside"), std::string(100, 'u'));
}

TEST_F(DiskTest, WhatSomebodyElseWroteIsDurableOnceAdopted) {
  make_durable("a", 's', 4096);
  disk.fail_syncs(true);
  EXPECT_EQ(user->ask("sync a"), -EIO);
  disk.heal();
  user.reset();
  std::ofstream(folder + "/a", std::ios::trunc) << std::string(5000, 'o');
  std::filesystem::create_directory(folder + "/inner");
  std::ofstream(folder + "/inner/b") << "other";
  disk.adopt();
  EXPECT_FALSE(disk.has_stale_cache());
  restart();
  const auto found = outcomes("a", [&] { all({"open a", "open inner/b", "write inner/b 0 u 5"}); });
  EXPECT_EQ(found, (std::set<std::string>{std::string(5000, 'o')}));
  EXPECT_TRUE(outcomes("inner/b", [&] {
                all({"open inner/b", "write inner/b 0 s 5", "sync inner/b", "write inner/b 0 u 5"});
              }).contains("sssss"));
}

TEST_F(DiskTest, SaysWhatWasDiscarded) {
  make_durable("a", 's', 8192);
  all({"write a 0 u 8192"});
  const auto discarded = lose_power(1);
  EXPECT_EQ(discarded.blocks_lost + discarded.blocks_kept, 16U);
  EXPECT_EQ(count(bytes_of("a"), 's'), discarded.blocks_lost * 512);
  EXPECT_EQ(to_string({2, 1, 12, 7}), "12 blocks of 2 files lost, 7 kept, 1 files gone");
}

}  // namespace
}  // namespace hubbub::torture
