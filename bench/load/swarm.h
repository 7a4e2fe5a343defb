// All connections of the load program, on one thread with one epoll.
//
// Phases, in order: open_all(), settle(), converse(). Each runs until it is done, out of time, or
// something failed.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <string>
#include <vector>

#include "load/client.h"
#include "load/latency.h"
#include "load/ledger.h"
#include "load/options.h"
#include "load/script.h"

namespace hubbub::bench {

class Swarm {
 public:
  // Borrows all of them. `tokens` may be null in raw mode.
  Swarm(const Options& options, const Tokens* tokens, Script& script, Ledger& ledger);
  Swarm(const Swarm&) = delete;
  Swarm& operator=(const Swarm&) = delete;
  ~Swarm();

  // Until every connection has its greeting.
  void open_all();
  // Until nothing has come for half a second; 5 s at most.
  void settle();
  // Sends as the options say, then waits until everything has arrived everywhere.
  void converse();

  // When the last message came, to whomever.
  [[nodiscard]] Instant last_delivery_at() const { return last_delivery_at_; }
  [[nodiscard]] std::uint64_t delivery_count() const { return delivery_count_; }
  [[nodiscard]] std::uint64_t delivery_bytes() const { return delivery_bytes_; }
  [[nodiscard]] const Latency& latency() const { return latency_; }
  [[nodiscard]] std::size_t ready_count() const { return ready_count_; }
  // The first few, in words; empty: everything is as it must be.
  [[nodiscard]] const std::vector<std::string>& failures() const { return failures_; }

 private:
  // One wait for events, for `wait` at most, and what follows from them.
  void turn(std::chrono::nanoseconds wait);
  void on_events(Client& client, std::uint32_t events);
  void on_frame(Client& client, std::string_view payload, std::size_t frame_bytes);
  void on_message(Client& client, std::string_view name, std::size_t frame_bytes);
  void open_more();
  void watch(Client& client);
  void drop_failed(Client& client);
  void send_one(std::size_t sender, Instant at);
  void send_at_rate(Instant begin, Instant now);
  void send_in_window();
  [[nodiscard]] std::size_t least_received() const;
  [[nodiscard]] bool is_failed() const { return !failures_.empty(); }
  void complain(std::string what);

  const Options& options_;
  Script& script_;
  Ledger& ledger_;
  int epoll_ = -1;
  std::deque<Client> clients_;
  std::vector<char> buffer_;
  Instant now_{};
  Instant last_bytes_at_{};
  Instant last_delivery_at_{};
  std::size_t opened_count_ = 0;
  std::size_t ready_count_ = 0;
  std::uint64_t delivery_count_ = 0;
  std::uint64_t delivery_bytes_ = 0;
  Latency latency_;
  std::vector<std::string> failures_;
};

}  // namespace hubbub::bench
