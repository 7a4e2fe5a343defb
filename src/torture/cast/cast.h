// Everybody who takes part in a run, on one thread of their own.
//
// Calls come from one other thread: start(), then what the nemesis does, then finish().
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <thread>
#include <vector>

#include "torture/cast/old_client.h"
#include "torture/cast/reader.h"
#include "torture/cast/writer.h"
#include "torture/options.h"

namespace hubbub::torture {

class Cast {
 public:
  // Borrows the tokens.
  Cast(const Options& options, std::vector<std::string> channels, std::uint16_t port,
       const TokenMaker& tokens);
  Cast(const Cast&) = delete;
  Cast& operator=(const Cast&) = delete;
  ~Cast();

  // Everybody is there once, so that all inboxes exist, and then begins. Throws std::runtime_error
  // when the server lets somebody not in.
  void start();

  // Each of those who are there is hit with this probability.
  void cut_some(double share, std::uint64_t seed);
  void stop_some_reading(double share, std::chrono::milliseconds time, std::uint64_t seed);
  void send_some_away(double share, std::chrono::milliseconds time, std::uint64_t seed);

  // Lets everybody finish what they began, has the last message of every log said, and waits until
  // all readers have read it; for so long at most each. Returns who was not done in time, in words.
  // REQUIRES: the server runs and is not being tortured any more.
  std::vector<std::string> finish(std::chrono::seconds patience);

  // REQUIRES: finished.
  [[nodiscard]] History history() const;

 private:
  void do_with_some(double share, std::uint64_t seed, std::function<void(Participant&)> act);
  boost::asio::awaitable<void> introduce(std::uint32_t person);
  boost::asio::awaitable<void> watch_deadlines();
  // The names of those of whom it is not so in time.
  std::vector<std::string> wait_for(const std::vector<Participant*>& those,
                                    bool (Participant::*is_so)() const,
                                    std::chrono::seconds patience);
  // Runs `act` on the cast's thread and comes back when it is done.
  void on_stage(const std::function<void()>& act);

  Stage stage_;
  std::vector<std::unique_ptr<Writer>> writers_;
  std::vector<std::unique_ptr<Reader>> readers_;
  std::vector<std::unique_ptr<OldClient>> old_clients_;
  std::unique_ptr<Writer> closing_writer_;
  std::vector<Participant*> all_;  // but the closing writer
  std::thread thread_;
};

}  // namespace hubbub::torture
