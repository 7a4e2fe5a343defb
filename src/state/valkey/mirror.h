// A copy in Valkey of the recent messages and of who is here, under the old server's keys, for an
// operator's tools and for the way back to the old server (docs/valkey.md). Hubbub itself reads
// none of it.
//
// Has a thread of its own; nobody waits for it. What it misses (its mailbox was full, Valkey was
// down or restarted empty) it makes good by writing the lists anew from the store, each in one
// transaction, so that a reader never sees half of one.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "base/mailbox.h"
#include "base/metrics.h"
#include "state/bus.h"
#include "state/valkey/link.h"
#include "state/valkey/presence_counts.h"
#include "state/valkey/private_lists.h"
#include "state/valkey/recent_list.h"

namespace hubbub {

struct MirrorSizes {
  std::size_t waiting_max = 1'024;         // unit: publications
  std::size_t private_lists_max = 10'000;  // unit: people
  // How often this node says that it lives; its presence expires after 30 s.
  std::chrono::milliseconds renew_every{10'000};
};

class ValkeyMirror {
 public:
  // Borrows link, source and metrics. REQUIRES: the link is not started yet.
  ValkeyMirror(ValkeyLink& link, MirrorSource& source, const Directory& directory, Metrics& metrics,
               MirrorSizes sizes = {});
  ~ValkeyMirror() { stop(); }

  void start();
  // Brings over what was noted, takes this node out of presence and ends the thread. Idempotent.
  void stop();

  // Thread: the log writer's. Never waits.
  void note(const Shared<Publication>& publication);
  // Thread: any. Never waits for Valkey.
  void note(const PresenceNotice& notice);

 private:
  using Note = Shared<Publication>;  // null: only to wake the thread
  using SteadyTime = std::chrono::steady_clock::time_point;

  void run();
  void wake();
  void bring_over();
  bool has_connection();
  [[nodiscard]] std::chrono::milliseconds patience() const;
  Result<valkey::Commands> presence_commands();
  // Says that this node lives, and looks whether what it wrote is still there.
  void renew();
  void say_goodbye();
  // One transaction. False: it failed, and what is in Valkey is not known any more.
  bool send(valkey::Commands commands);
  void lose_connection(const Error& error);
  void forget();

  ValkeyLink& link_;
  const MirrorSizes sizes_;
  const std::string presence_key_;  // of this run of this node
  PresenceCounts presence_;
  Mailbox<Note> mailbox_;
  std::atomic<bool> has_overflowed_{false};
  Counter& dropped_;
  std::thread thread_;

  // The thread's own:
  valkey::RecentList recent_;
  valkey::PrivateLists private_;
  std::unique_ptr<ValkeyConnection> connection_;
  std::uint64_t generation_ = 0;  // of connection_
  bool is_presence_written_ = false;
  bool is_behind_ = false;  // the store could not be read
  SteadyTime renewed_at_;
};

}  // namespace hubbub
