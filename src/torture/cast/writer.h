// Says things in hubbub.v1, each under a send key, and repeats what was not acknowledged, as its
// manner (history.h) has it.
#pragma once

#include <deque>
#include <map>
#include <string>
#include <vector>

#include "torture/cast/participant.h"
#include "torture/cast/server_frame.h"

namespace hubbub::torture {

// Where a message goes.
struct Destination {
  Log::Kind kind = Log::Kind::kChannel;
  std::uint32_t index = 0;  // of the channel, or of the person it is sent to
};

class Writer final : public Participant {
 public:
  // `index`: the writer's, in History::writers. `pace`: the mean time between two messages.
  Writer(Stage& stage, std::uint32_t person, std::uint32_t index, Manner manner,
         std::chrono::microseconds pace, std::uint64_t seed);
  // Says one message to each of these, and is done; not random ones until the stage is over.
  void say(std::vector<Destination> script);

  void start() override;
  [[nodiscard]] std::string name() const override;
  [[nodiscard]] bool has_said_all() const override { return is_done(); }
  [[nodiscard]] const WriterHistory& history() const { return history_; }

 private:
  struct Underway {
    std::size_t sent_index = 0;  // in history_.sent
    bool is_sent = false;        // on this connection, and unanswered
  };

  boost::asio::awaitable<void> run();
  // From hello until the connection is lost, or nothing is left to say.
  boost::asio::awaitable<void> talk();
  boost::asio::awaitable<bool> send_what_waits();
  boost::asio::awaitable<bool> read_answer();
  [[nodiscard]] bool may_begin() const;
  void begin();
  [[nodiscard]] Destination next_destination();
  void learn_channels(const V1Frame& hello);
  void on_ack(const V1Frame& ack);
  void on_error(const V1Frame& error);
  void give_up_some();
  [[nodiscard]] std::string command_of(const Sent& sent) const;
  std::deque<Underway>::iterator find(const std::string& send_key);

  const std::uint32_t index_;
  const std::size_t window_;  // how many may be underway
  const std::chrono::microseconds pace_;
  WriterHistory history_;
  bool is_scripted_ = false;
  std::deque<Destination> script_;
  std::vector<Destination> destinations_;  // by history_.sent
  std::deque<Underway> underway_;          // in the order of their first sending
  std::vector<std::int64_t> channel_ids_;  // by channel; of this connection
  std::chrono::milliseconds retry_after_{0};
};

}  // namespace hubbub::torture
