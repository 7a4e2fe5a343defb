// Connections of the load program that talk and listen, on one thread with one epoll.
//
// Phases, in order: open_all(), settle(), converse() once or more, read_on(). Each runs until it is
// done, out of time, or something failed. The last `stopped` connections read nothing while others
// converse.
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
#include "load/poller.h"
#include "load/script.h"

namespace hubbub::bench {

class Swarm {
 public:
  // Borrows all of them. `tokens` may be null in raw mode.
  Swarm(const Options& options, const Tokens* tokens, Script& script, Ledger& ledger);
  Swarm(const Swarm&) = delete;
  Swarm& operator=(const Swarm&) = delete;

  // Until every connection has its greeting.
  void open_all();
  // Until nothing has come for half a second; 5 s at most.
  void settle();
  // Reads until `is_over` says so. Sends nothing.
  void listen(const std::function<bool()>& is_over);
  // Sends as the options say until `is_over` says so, then waits until everything has arrived at
  // everyone who reads. Latency and lateness are of the last call.
  void converse(const std::function<bool()>& is_over);
  // Those who had stopped read again, until they have everything.
  void read_on();

  // When the last message came, to whomever.
  [[nodiscard]] Instant last_delivery_at() const { return last_delivery_at_; }
  [[nodiscard]] std::uint64_t delivery_count() const { return delivery_count_; }
  [[nodiscard]] std::uint64_t delivery_bytes() const { return delivery_bytes_; }
  // From when a message was due until it was read. Not of those who had stopped.
  [[nodiscard]] const Latency& latency() const { return latency_; }
  // This program's own part in it: how long after it was due a message was sent, and how long it
  // lay in the kernel until this thread read it (the kernel's own clock tells; of several that
  // were read at once, the last). With `stamped` only.
  [[nodiscard]] const Latency& sent_late() const { return sent_late_; }
  [[nodiscard]] const Latency& read_late() const { return read_late_; }
  // How many messages the slowest of those who had stopped has.
  [[nodiscard]] std::size_t stopped_received_count() const;
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
  void stop_reading();
  void drop_failed(Client& client);
  void send_one(std::size_t sender, Instant at);
  // Returns when the next one is due.
  Instant send_at_rate(Instant begin, std::size_t booked_before);
  void send_in_window();
  [[nodiscard]] std::size_t least_received() const;
  // Who reads: the first so many.
  [[nodiscard]] std::size_t reader_count() const {
    return clients_.size() - (is_reading_stopped_ ? options_.stopped : 0);
  }
  [[nodiscard]] bool is_failed() const { return !failures_.empty(); }
  void complain(std::string what);

  const Options& options_;
  Script& script_;
  Ledger& ledger_;
  Poller poller_;
  std::deque<Client> clients_;
  std::vector<char> buffer_;
  Instant now_{};
  Instant last_bytes_at_{};
  Instant last_sent_at_{};
  Instant last_delivery_at_{};
  std::size_t opened_count_ = 0;
  std::size_t ready_count_ = 0;
  std::uint64_t delivery_count_ = 0;
  std::uint64_t delivery_bytes_ = 0;
  Latency latency_, sent_late_, read_late_;
  bool is_reading_stopped_ = false;
  std::vector<std::string> failures_;
};

}  // namespace hubbub::bench
