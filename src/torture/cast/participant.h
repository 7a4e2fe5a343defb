// Somebody who takes part in a run: connects, talks or reads, comes back whenever the connection is
// lost, and notes what happened.
//
// Lives on the cast's thread (cast.h), as do all of its coroutines.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "torture/cast/connection.h"
#include "torture/history/history.h"
#include "torture/identity/token_maker.h"

namespace hubbub::torture {

using Instant = std::chrono::steady_clock::time_point;

// What all participants share.
struct Stage {
  boost::asio::io_context context;
  std::uint16_t port = 0;
  const TokenMaker* tokens = nullptr;
  std::uint32_t people = 0;  // who are written to
  std::vector<std::string> channels;
  // Who says the last message of every log, so that readers know that they have all.
  std::uint32_t closing_writer = 0;
  // Nobody begins a new message.
  bool is_over = false;
};

class Participant {
 public:
  // Borrows the stage.
  Participant(Stage& stage, std::uint32_t person, std::uint64_t seed);
  Participant(const Participant&) = delete;
  Participant& operator=(const Participant&) = delete;
  virtual ~Participant() = default;

  virtual void start() = 0;
  // It says nothing more; what it said was acknowledged, or read by the server.
  [[nodiscard]] virtual bool has_said_all() const { return true; }
  // And has read everything.
  [[nodiscard]] bool is_done() const { return is_done_; }
  // "writer 3", for whoever waits in vain.
  [[nodiscard]] virtual std::string name() const = 0;

  // --- what the nemesis does to it ---
  // The connection is reset, whatever is underway.
  void cut() { connection_.cut(); }
  // Nothing is read for so long.
  void stop_reading(std::chrono::milliseconds time);
  // Gone for so long.
  void leave(std::chrono::milliseconds time);
  // Nobody is gone, or does not read, any longer.
  void be_there();
  // Cuts a connection on which an answer is overdue.
  void check_deadline(Instant now);

 protected:
  // Of what is said, so much is said in private.
  static constexpr double kPrivateShare = 0.2;
  static constexpr std::size_t kComplaintsMax = 100;

  boost::asio::awaitable<bool> open_v1(int receive_buffer);
  boost::asio::awaitable<bool> open_old();
  // As long as it was told not to read.
  boost::asio::awaitable<void> wait_until_reading();
  // Before the next try to connect: a random time up to a bound that doubles with each failure.
  boost::asio::awaitable<void> back_off();
  boost::asio::awaitable<void> pause(std::chrono::milliseconds time);
  [[nodiscard]] std::uint32_t any_below(std::uint32_t end);
  [[nodiscard]] bool is_likely(double share);
  void expect_answer_within(std::chrono::milliseconds time);
  void expect_no_answer() { answer_due_at_ = Instant::max(); }
  void set_done() { is_done_ = true; }

  Stage& stage_;
  const std::uint32_t person_;
  Connection connection_;
  std::uint32_t connections_ = 0;  // opened so far

 private:
  boost::asio::awaitable<void> stay_away();
  boost::asio::awaitable<void> wait_until(const Instant& end);
  boost::asio::awaitable<bool> count_in(bool is_open);

  std::mt19937_64 random_;
  boost::asio::steady_timer waiting_;  // as long as it is gone, or does not read
  Instant reads_from_{};
  Instant comes_back_at_{};
  Instant answer_due_at_ = Instant::max();
  std::uint32_t failures_ = 0;  // tries to connect since the last that succeeded
  bool is_done_ = false;
};

}  // namespace hubbub::torture
