// Runs made up at random: a right one is clean, and with any one thing changed it never is.
#include <random>
#include <set>

#include "torture/check/world.h"

namespace hubbub::torture {
namespace {

constexpr int kRuns = 400;

class RandomRun {
 public:
  explicit RandomRun(std::uint32_t seed) : random_(seed), world_(2 + below(4), 1 + below(3)) {
    for (const Manner manner : {Manner::kPatient, Manner::kHasty, Manner::kFickle, Manner::kOld}) {
      world_.writer(below(world_.history.people), manner);
      if (below(2) == 0) world_.writer(below(world_.history.people), manner);
    }
    const std::uint32_t steps = 20 + below(80);
    world_.reader(below(world_.history.people));
    world_.old_reader(below(world_.history.people));
    for (std::uint32_t i = 0; i < steps; ++i) step();
    world_.settle();
  }

  World& world() { return world_; }

  // The name of what was changed; empty where the run has nothing of the kind.
  std::string change_one_thing() {
    using Change = bool (RandomRun::*)();
    static constexpr std::pair<const char*, Change> kChanges[] = {
        {"dropped an entry", &RandomRun::drop_entry},
        {"dropped an entry without a gap", &RandomRun::drop_last_entry},
        {"doubled an entry", &RandomRun::double_entry},
        {"swapped two entries", &RandomRun::swap_entries},
        {"swapped two entries that nobody saw", &RandomRun::swap_unseen_entries},
        {"moved an entry to another log", &RandomRun::move_entry},
        {"moved an acknowledgement", &RandomRun::move_ack},
        {"dropped what was seen", &RandomRun::drop_seen},
        {"doubled what was seen", &RandomRun::double_seen},
        {"swapped what was seen", &RandomRun::swap_seen},
        {"changed what was seen", &RandomRun::change_seen},
        {"doubled what was shown", &RandomRun::double_shown},
        {"swapped what was shown", &RandomRun::swap_shown},
        {"showed what was never sent", &RandomRun::change_shown},
    };
    const auto& [name, change] = kChanges[below(std::size(kChanges))];
    return (this->*change)() ? name : "";
  }

 private:
  using Entries = std::vector<StoredEntry>;

  std::uint32_t below(std::size_t bound) { return static_cast<std::uint32_t>(random_() % bound); }

  void step() {
    const std::uint32_t writer = below(world_.history.writers.size());
    const std::uint32_t to_channel = below(world_.history.channels.size());
    const std::uint32_t recipient = below(world_.history.people);
    switch (below(12)) {
      case 0:
        return world_.reconnect(writer);
      case 1:
        return world_.reconnect_old_reader(0);
      case 2:
        world_.abandon(writer, channel(to_channel));
        return;
      case 3:
        // Stored, and the acknowledgement lost.
        return world_.store(world_.abandon(writer, channel(to_channel)));
      case 4:
        if (world_.history.writers[writer].manner == Manner::kOld) return;
        return world_.repeat(world_.say(writer, to_channel));
      case 5:
      case 6:
      case 7:
        world_.tell(writer, recipient);
        return;
      case 8:
        world_.reader(recipient);
        return;
      default:
        world_.say(writer, to_channel);
    }
  }

  // A log with so many entries at least; null: this run has none.
  StoredLog* log_with(std::size_t entries) {
    std::vector<StoredLog*> logs;
    for (StoredLog& log : world_.stored.logs) {
      if (log.entries.size() >= entries) logs.push_back(&log);
    }
    return logs.empty() ? nullptr : logs[below(logs.size())];
  }
  void without_readers() {
    world_.history.readers.clear();
    world_.history.old_readers.clear();
  }

  bool drop_entry() {
    StoredLog* log = log_with(1);
    if (!log) return false;
    log->entries.erase(log->entries.begin() + below(log->entries.size()));
    return true;
  }
  bool drop_last_entry() {
    without_readers();
    std::vector<const Ack*> acks;
    for (const auto& writer : world_.history.writers) {
      for (const Ack& ack : writer.acks) {
        if (ack.position.seq == world_.log_of(ack.log).head) acks.push_back(&ack);
      }
    }
    if (acks.empty()) return false;
    world_.forget_last(acks[below(acks.size())]->log);
    return true;
  }
  bool double_entry() {
    StoredLog* log = log_with(1);
    if (!log) return false;
    StoredEntry again = log->entries[below(log->entries.size())];
    again.seq = ++log->head;
    again.message_id += 100'000;
    log->entries.push_back(again);
    return true;
  }
  bool swap_entries() {
    StoredLog* log = log_with(2);
    if (!log || world_.history.readers[0].seen.empty()) return false;
    const std::uint32_t at = below(log->entries.size() - 1);
    // Where nobody acknowledged or saw either of them, nobody can tell.
    const bool is_known = was_seen(log->log, log->entries[at].seq);
    if (!is_known) return false;
    world_.exchange(log->log, at, at + 1);
    return true;
  }
  // By acknowledgements and the order of sending alone.
  bool swap_unseen_entries() {
    without_readers();
    StoredLog* log = log_with(2);
    if (!log) return false;
    const std::uint32_t at = below(log->entries.size() - 1);
    const StoredEntry& entry = log->entries[at];
    const StoredEntry& next = log->entries[at + 1];
    if (entry.message->writer != next.message->writer) return false;
    const auto& writer = world_.history.writers[entry.message->writer];
    const bool is_ordered = writer.manner == Manner::kPatient || writer.manner == Manner::kFickle;
    if (!is_ordered) return false;
    world_.exchange(log->log, at, at + 1);
    return true;
  }
  bool move_entry() {
    StoredLog* from = log_with(1);
    StoredLog* to = log_with(0);
    if (!from || from == to) return false;
    StoredEntry entry = from->entries.back();
    world_.forget_last(from->log);
    entry.seq = ++to->head;
    to->entries.push_back(entry);
    return true;
  }
  bool move_ack() {
    auto& writer = world_.history.writers[below(world_.history.writers.size())];
    if (writer.acks.empty()) return false;
    ++writer.acks[below(writer.acks.size())].position.seq;
    return true;
  }

  std::vector<Seen>& seen() {
    auto& readers = world_.history.readers;
    return readers[below(readers.size())].seen;
  }
  [[nodiscard]] bool was_seen(const Log& log, Seq seq) const {
    return std::ranges::any_of(world_.history.readers, [&](const ReaderHistory& reader) {
      return std::ranges::any_of(
          reader.seen, [&](const Seen& seen) { return seen.log == log && seen.seq == seq; });
    });
  }
  bool drop_seen() {
    auto& all = seen();
    if (all.empty()) return false;
    all.erase(all.begin() + below(all.size()));
    return true;
  }
  bool double_seen() {
    auto& all = seen();
    if (all.empty()) return false;
    all.insert(all.begin() + below(all.size() + 1), all[below(all.size())]);
    return true;
  }
  bool swap_seen() {
    auto& all = seen();
    if (all.size() < 2) return false;
    const std::uint32_t one = below(all.size());
    const std::uint32_t other = below(all.size());
    if (one == other || all[one].log != all[other].log) return false;
    std::swap(all[one], all[other]);
    return true;
  }
  bool change_seen() {
    auto& all = seen();
    if (all.empty()) return false;
    ++all[below(all.size())].message.number;
    return true;
  }

  std::vector<OldReaderHistory::Shown>& shown() { return world_.history.old_readers[0].shown; }
  bool double_shown() {
    auto& all = shown();
    if (all.empty()) return false;
    const auto again = all[below(all.size())];
    all.push_back(again);
    return true;
  }
  bool swap_shown() {
    auto& all = shown();
    if (all.size() < 2) return false;
    const std::uint32_t one = below(all.size() - 1);
    const auto& [connection, log, cache_id, message] = all[one];
    for (std::uint32_t other = one + 1; other < all.size(); ++other) {
      if (all[other].connection != connection || all[other].log != log) continue;
      std::swap(all[one], all[other]);
      return true;
    }
    return false;
  }
  bool change_shown() {
    auto& all = shown();
    if (all.empty()) return false;
    all[below(all.size())].message.number += 1'000;
    return true;
  }

  std::mt19937 random_;
  World world_;
};

TEST(RandomRunsTest, ARightRunIsClean) {
  for (std::uint32_t seed = 0; seed < kRuns; ++seed) {
    RandomRun run(seed);
    ASSERT_EQ(run.world().findings(), "") << "seed " << seed;
  }
}

TEST(RandomRunsTest, OneThingChangedIsAlwaysFound) {
  std::set<std::string> changes;
  for (std::uint32_t seed = 0; seed < 3 * kRuns; ++seed) {
    RandomRun run(seed);
    const std::string change = run.change_one_thing();
    if (change.empty()) continue;
    changes.insert(change);
    ASSERT_NE(run.world().findings(), "") << "seed " << seed << ": " << change;
  }
  EXPECT_EQ(changes.size(), 14U);
}

}  // namespace
}  // namespace hubbub::torture
