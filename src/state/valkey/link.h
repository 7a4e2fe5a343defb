// Whether the Valkey server can be used, and connections to it that have answered.
//
// A circuit: what fails is not tried again for a back-off, and trying again is the business of a
// thread of its own, so that whoever is on the path of a message uses a connection that answered
// lately or none. Once a second that thread asks whether a write would be taken: a server that is
// full, read-only or loading is as good as gone.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

#include "base/metrics.h"
#include "state/valkey/connection.h"

namespace hubbub {

class ValkeyLink {
 public:
  // Borrows metrics. `timeout`: for a connection, and for an exchange on the path of a message.
  ValkeyLink(ValkeyAddress address, std::chrono::milliseconds timeout, Metrics& metrics);
  ~ValkeyLink() { stop(); }

  // Called on the link's thread each time it comes up. REQUIRES: before start().
  void on_up(std::function<void()> callback) { came_up_ = std::move(callback); }
  // Comes back when the first try has ended, well or not.
  void start();
  void stop();

  // A number that is new each time the link comes up; 0 while it is down. Thread: any.
  [[nodiscard]] std::uint64_t generation() const { return generation_.load(); }
  [[nodiscard]] bool is_up() const { return generation() != 0; }
  [[nodiscard]] std::chrono::milliseconds timeout() const { return timeout_; }

  // The connection that was made, and has answered, when this generation came up; null when that is
  // over or was taken. Never waits for the server. Thread: any.
  std::unique_ptr<ValkeyConnection> take_ready(std::uint64_t generation);
  // Another one. Blocks as ValkeyConnection::open. Thread: one that may wait.
  [[nodiscard]] Result<std::unique_ptr<ValkeyConnection>> connect() const;

  // Something failed on a connection of this generation: the link is down until its thread has
  // found the server well again. Thread: any.
  void report_failure(std::uint64_t generation, const Error& error);

 private:
  using Lock = std::unique_lock<std::mutex>;

  void run();
  void try_to_come_up(Lock& lock);
  void probe(Lock& lock);
  void go_down(const Error& error);
  std::chrono::milliseconds next_pause();
  Status ask_whether_writes_are_taken(ValkeyConnection& connection) const;

  const ValkeyAddress address_;
  const std::chrono::milliseconds timeout_;
  Counter& errors_;
  std::function<void()> came_up_;
  std::thread thread_;
  std::atomic<std::uint64_t> generation_{0};

  std::mutex mutex_;  // of all below but probe_
  std::condition_variable changed_;
  bool is_stopping_ = false;
  bool has_tried_ = false;
  std::uint64_t last_generation_ = 0;
  std::chrono::milliseconds pause_{0};
  std::chrono::steady_clock::time_point up_since_;
  std::unique_ptr<ValkeyConnection> ready_;

  std::unique_ptr<ValkeyConnection> probe_;  // the thread's own
};

}  // namespace hubbub
