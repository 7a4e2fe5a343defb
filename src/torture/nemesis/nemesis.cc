#include "torture/nemesis/nemesis.h"

#include <cstdio>
#include <thread>

#include "torture/nemesis/sqlite_lock.h"

namespace hubbub::torture {
namespace {

constexpr std::chrono::milliseconds kWatchInterval{20};
// With the memory's speed a commit is too short to be hit in its midst.
constexpr std::chrono::milliseconds kSyncTakes{1};
constexpr double kPowerLossShare = 0.5;
constexpr double kKillInTheMidstShare = 0.3;
constexpr std::size_t kLogBytesShown = 4'000;

}  // namespace

Nemesis::Nemesis(Victims victims, Diary& diary, std::uint64_t seed)
    : victims_(std::move(victims)), diary_(diary), seed_(seed) {
  if (victims_.disk) victims_.disk->delay_syncs(kSyncTakes);
  add_faults_of_server();
  add_faults_of_clients();
  if (!victims_.sqlite_path.empty()) add_faults_of_sqlite();
  if (victims_.postgresql) add_faults_of_postgresql();
}

void Nemesis::rage(std::chrono::seconds time, const std::function<bool()>& is_over) {
  const auto until = std::chrono::steady_clock::now() + time;
  is_over_ = [&] { return is_over() || std::chrono::steady_clock::now() >= until; };
  std::vector<double> weights;
  for (const auto& fault : faults_) weights.push_back(fault.weight);
  std::discrete_distribution<std::size_t> next(weights.begin(), weights.end());
  for (std::uint64_t turn = 0;; ++turn) {
    // Anew for each, as how much of it one takes depends on what the server did.
    std::seed_seq seeds{seed_, turn};
    random_.seed(seeds);
    wait(any_time(100, 2'000));
    if (is_over_()) return;
    faults_[next(random_)].inflict();
  }
}

void Nemesis::add_faults_of_server() {
  faults_.push_back({6, [this] { kill_server(); }});
  faults_.push_back({2, [this] { lose_answers(); }});
  faults_.push_back({1, [this] { stop_server(); }});
  faults_.push_back({1, [this] { freeze_server(); }});
}

void Nemesis::add_faults_of_clients() {
  faults_.push_back({2, [this] {
                       diary_.note("connections cut", "some connections are cut");
                       victims_.cast->cut_some(0.4, random_());
                     }});
  faults_.push_back({2, [this] {
                       const auto time = any_time(500, 6'000);
                       diary_.note("readers stopped", "some stop reading for " + seconds(time));
                       victims_.cast->stop_some_reading(0.3, time, random_());
                     }});
  faults_.push_back({1, [this] {
                       const auto time = any_time(500, 5'000);
                       diary_.note("clients gone", "some are gone for " + seconds(time));
                       victims_.cast->send_some_away(0.3, time, random_());
                     }});
}

void Nemesis::add_faults_of_sqlite() {
  faults_.push_back({1, [this] { lock_sqlite(); }});
  if (!victims_.disk) return;
  faults_.push_back({1, [this] { fail_syncs(); }});
  faults_.push_back({1, [this] { delay_syncs(); }});
  faults_.push_back({1, [this] { fill_disk(); }});
}

void Nemesis::add_faults_of_postgresql() {
  faults_.push_back({3, [this] { kill_postgresql(); }});
  faults_.push_back({1, [this] { freeze_postgresql(); }});
  faults_.push_back({1, [this] {
                       diary_.note("PostgreSQL restarted", "PostgreSQL is restarted");
                       victims_.postgresql->restart();
                     }});
  faults_.push_back({2, [this] {
                       diary_.note("database connections cut", "PostgreSQL cuts all connections");
                       victims_.postgresql->cut_connections();
                     }});
}

// --- the server ---

void Nemesis::kill_server() {
  victims_.server->kill();
  std::string what = "the server is killed";
  // A sync that failed leaves bytes in memory that never reach the disk: such a kill is a power
  // cut.
  if (victims_.disk && (victims_.disk->has_stale_cache() || is_likely(kPowerLossShare))) {
    const auto discarded = victims_.disk->lose_power(random_());
    what = "the server is killed, and the power gone: " + to_string(discarded);
    diary_.count_in("power lost");
  }
  diary_.note("killed", what);
  wait(any_time(0, 300));
  start_server();
}

// Many are acknowledged what they never read, and ask the next server again.
void Nemesis::lose_answers() {
  victims_.cast->stop_some_reading(0.7, Milliseconds(1'000), random_());
  wait(any_time(100, 400));
  victims_.cast->cut_some(1, random_());
  kill_server();
}

void Nemesis::stop_server() {
  diary_.note("server stopped", "the server is stopped with SIGTERM");
  const auto status = victims_.server->stop();
  if (!status) diary_.complain("the server did not end within 12 s of SIGTERM");
  if (status && *status != 0) {
    diary_.complain("the server ended with " + std::to_string(*status) + " after SIGTERM");
  }
  start_server();
}

void Nemesis::freeze_server() {
  const auto time = any_time(200, 3'000);
  diary_.note("server frozen", "the server is frozen for " + seconds(time));
  victims_.server->freeze();
  wait(time);
  victims_.server->thaw();
}

void Nemesis::start_server() {
  if (victims_.server->start()) return;
  throw ServerFailed("the server does not start again:\n" +
                     victims_.server->last_log_lines(kLogBytesShown));
}

// --- its disk ---

void Nemesis::fail_syncs() {
  const auto time = any_time(200, 2'000);
  diary_.note("fsync failed", "fsync fails for " + seconds(time));
  victims_.disk->fail_syncs(true);
  endure(time, [this] { victims_.disk->fail_syncs(false); });
}

void Nemesis::delay_syncs() {
  const auto time = any_time(500, 3'000);
  const auto delay = any_time(20, 400);
  diary_.note("fsync late", "each fsync takes " + seconds(delay) + " for " + seconds(time));
  victims_.disk->delay_syncs(delay);
  endure(time, [this] { victims_.disk->delay_syncs(kSyncTakes); });
}

void Nemesis::fill_disk() {
  const auto time = any_time(200, 3'000);
  diary_.note("disk full", "the disk is full for " + seconds(time));
  if (victims_.small_disk && is_likely(0.5)) {
    victims_.small_disk->fill();
    endure(time, [this] { victims_.small_disk->free_again(); });
  } else {
    victims_.disk->fill(true);
    endure(time, [this] { victims_.disk->fill(false); });
  }
}

// --- its database ---

void Nemesis::lock_sqlite() {
  const auto time = any_time(200, 8'000);
  diary_.note("database locked", "the database is locked for " + seconds(time));
  SqliteLock lock(victims_.sqlite_path);
  wait(time);
}

void Nemesis::kill_postgresql() {
  diary_.note("PostgreSQL killed", "PostgreSQL is killed");
  victims_.postgresql->kill();
  wait(any_time(0, 1'500));
  victims_.postgresql->start();
}

void Nemesis::freeze_postgresql() {
  const auto time = any_time(500, 8'000);
  diary_.note("PostgreSQL frozen", "PostgreSQL is frozen for " + seconds(time));
  victims_.postgresql->freeze();
  wait(time);
  victims_.postgresql->thaw();
}

// --- time ---

void Nemesis::endure(Milliseconds time, const std::function<void()>& heal) {
  const bool is_cut_short = is_likely(kKillInTheMidstShare);
  wait(is_cut_short ? time / 2 : time);
  heal();
  if (is_cut_short) kill_server();
}

void Nemesis::wait(Milliseconds time) {
  const auto until = std::chrono::steady_clock::now() + time;
  while (std::chrono::steady_clock::now() < until && !is_over_()) {
    std::this_thread::sleep_for(kWatchInterval);
    memory_bytes_max_ = std::max(memory_bytes_max_, victims_.server->resident_bytes());
    if (const auto status = victims_.server->unexpected_end()) {
      throw ServerFailed("the server ended by itself, with " + std::to_string(*status) + ":\n" +
                         victims_.server->last_log_lines(kLogBytesShown));
    }
  }
}

Nemesis::Milliseconds Nemesis::any_time(int from, int to) {
  return Milliseconds(std::uniform_int_distribution<int>(from, to)(random_));
}

bool Nemesis::is_likely(double share) {
  return std::uniform_real_distribution<double>(0, 1)(random_) < share;
}

std::string Nemesis::seconds(Milliseconds time) const {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.2f s", static_cast<double>(time.count()) / 1000);
  return text.data();
}

}  // namespace hubbub::torture
