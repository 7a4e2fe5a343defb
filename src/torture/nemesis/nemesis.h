// Does to the server what time does to it: kills it, takes its power, freezes it, cuts and stalls
// those who are connected, and breaks its database and its disk. One thing after the other, chosen
// by the seed.
//
// Thread: that which started the processes.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

#include "torture/cast/cast.h"
#include "torture/faults/disk.h"
#include "torture/nemesis/diary.h"
#include "torture/nemesis/small_disk.h"
#include "torture/processes/chat_server.h"
#include "torture/processes/postgresql.h"

namespace hubbub::torture {

// Null: there is none in this run, and nothing is done to it.
struct Victims {
  ChatServer* server = nullptr;
  Cast* cast = nullptr;
  Disk* disk = nullptr;             // SQLite's
  SmallDisk* small_disk = nullptr;  // the same, where it could be mounted
  Postgresql* postgresql = nullptr;
  std::string sqlite_path;  // empty: another database
};

// The server died by itself, or does not come back.
class ServerFailed : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

class Nemesis {
 public:
  Nemesis(Victims victims, Diary& diary, std::uint64_t seed);

  // Until the time is over, or is_over() says so. Everything is healed and runs afterwards.
  // Throws ServerFailed.
  void rage(std::chrono::seconds time, const std::function<bool()>& is_over);

  // Of all samples. Unit: bytes.
  [[nodiscard]] std::int64_t memory_bytes_max() const { return memory_bytes_max_; }

 private:
  using Milliseconds = std::chrono::milliseconds;
  struct Fault {
    double weight;
    std::function<void()> inflict;
  };

  void add_faults_of_server();
  void add_faults_of_clients();
  void add_faults_of_sqlite();
  void add_faults_of_postgresql();

  void kill_server();
  void lose_answers();
  void stop_server();
  void freeze_server();
  void start_server();
  void fail_syncs();
  void delay_syncs();
  void fill_disk();
  void lock_sqlite();
  void kill_postgresql();
  void freeze_postgresql();

  // Lets the time pass and watches. Now and then the server is killed in the midst of it, after
  // `heal`.
  void endure(Milliseconds time, const std::function<void()>& heal);
  void wait(Milliseconds time);
  Milliseconds any_time(int from, int to);
  bool is_likely(double share);
  std::string seconds(Milliseconds time) const;

  const Victims victims_;
  Diary& diary_;
  const std::uint64_t seed_;
  std::mt19937_64 random_;
  std::vector<Fault> faults_;
  std::function<bool()> is_over_;
  std::int64_t memory_bytes_max_ = 0;
};

}  // namespace hubbub::torture
