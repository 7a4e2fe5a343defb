// The many who listen, are cut off all at once, and come back all at once, each from its position.
//
// run() lives on a thread of its own, so that their work does not hold up those who talk on another
// (load/swarm.h). It opens them, waits for cut(), resets every connection, and has them try until
// all are back, waiting as docs/protocol.md says where they are turned away; then they listen until
// they have everything that finish() speaks of. Each must be given every message exactly once and
// in order, over the cut too.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <queue>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "load/back_off.h"
#include "load/client.h"
#include "load/journal.h"
#include "load/latency.h"
#include "load/options.h"
#include "load/poller.h"
#include "load/position.h"
#include "load/process_usage.h"
#include "load/script.h"

namespace hubbub::bench {

class Crowd {
 public:
  enum class Phase : std::uint8_t { kOpening, kListening, kReturning, kBack, kOver };

  // What the return cost. Of the time from the cut until the last one was back.
  struct Return {
    Instant begin{}, end{};
    ProcessUsage before, after;           // of the server
    std::uint64_t received_bytes = 0;     // by all of them
    std::uint64_t replayed_messages = 0;  // to all of them
    Latency took;                         // of each
    std::size_t refused_count = 0;        // how often one was turned away or not let in
    std::string first_refusal;
  };

  // Borrows all of them. Their users follow those of the swarm: the first is `options.connections`.
  Crowd(const Options& options, const Tokens& tokens, Script& script);

  // Until all is done, given up, or something failed: phase() is kOver then.
  void run();

  // Thread: any.
  [[nodiscard]] Phase phase() const { return phase_.load(); }
  void cut() { is_cut_wanted_ = true; }
  // So many messages were sent in all.
  void finish(std::size_t message_count) {
    message_count_ = static_cast<std::int64_t>(message_count);
  }
  // Ends run() as soon as can be.
  void give_up() { is_given_up_ = true; }

  // Thread: any, once run() has ended.
  [[nodiscard]] const Return& result() const { return return_; }
  [[nodiscard]] const Journal& journal() const { return journal_; }
  [[nodiscard]] const std::vector<std::string>& failures() const { return failures_; }

 private:
  struct Member {
    std::size_t index = 0;
    std::string upgrade;  // made beforehand: a thousand signatures take a while
    std::optional<Client> client;
    std::optional<Position> channel, inbox;
    bool has_channel = false, has_inbox = false;  // on this connection
    bool is_faulty = false;                       // its next message is lost or doubled on purpose
    BackOff back_off;
  };
  struct Attempt {
    Instant at;
    Member* member;
    bool operator<(const Attempt& other) const { return at > other.at; }
  };

  // Until all are in; begins at most `opening_max` at once.
  void come_in(std::chrono::seconds limit, std::size_t opening_max);
  void attempt(Member& member);
  void cut_all();
  void note_return();
  void listen_until(const std::function<bool()>& is_over);
  [[nodiscard]] bool has_everything() const;

  void turn(std::chrono::nanoseconds wait);
  void on_events(Member& member, std::uint32_t events);
  void on_frame(Member& member, std::string_view payload);
  void on_message(Member& member, std::uint64_t seq, std::string_view name);
  void on_subscribed(Member& member, std::string_view payload);
  void on_failed(Member& member);
  [[nodiscard]] bool is_over() const { return is_given_up_ || !failures_.empty(); }
  void complain(const Member& member, const std::string& what);

  const Options& options_;
  Script& script_;
  Journal journal_;
  Poller poller_;
  std::deque<Member> members_;
  std::priority_queue<Attempt> attempts_;  // the next first
  std::minstd_rand random_{1};
  std::vector<char> buffer_;
  std::size_t underway_count_ = 0;
  std::size_t in_count_ = 0;
  Return return_;
  std::vector<std::string> failures_;

  std::atomic<Phase> phase_ = Phase::kOpening;
  std::atomic<bool> is_cut_wanted_ = false;
  std::atomic<bool> is_given_up_ = false;
  std::atomic<std::int64_t> message_count_ = -1;  // -1: not known yet
};

}  // namespace hubbub::bench
