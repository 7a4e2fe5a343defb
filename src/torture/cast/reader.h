// Reads every channel and its own inbox in hubbub.v1, and comes back with the positions that it
// reached.
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <string>

#include "torture/cast/participant.h"
#include "torture/cast/server_frame.h"

namespace hubbub::torture {

class Reader final : public Participant {
 public:
  struct Habits {
    std::chrono::milliseconds comes_after{0};  // it comes late
    bool reads_from_beginning = false;         // not from where the logs end when it comes
    int receive_buffer = 0;                    // of its socket; 0: the system's. Unit: bytes
  };
  // `index`: the reader's, in History::readers.
  Reader(Stage& stage, std::uint32_t person, std::uint32_t index, Habits habits,
         std::uint64_t seed);

  void start() override;
  [[nodiscard]] std::string name() const override;
  [[nodiscard]] const ReaderHistory& history() const { return history_; }

 private:
  struct Followed {
    Position position;
    std::int64_t replayed = 0;  // entries since `subscribe`, until `subscribed` comes
    bool has_ended = false;     // the closing message was there
  };

  boost::asio::awaitable<void> run();
  boost::asio::awaitable<void> read_on();
  void on_frame(const V1Frame& frame);
  void on_hello(const V1Frame& hello);
  void on_message(const V1Frame& frame);
  void on_subscribed(const V1Frame& frame);
  void follow(const Log& log, const Position& head);
  [[nodiscard]] std::string subscribe_to(const Log& log, std::int64_t channel_id);
  Followed* followed(const V1Frame& frame);
  std::uint32_t number_of_epoch(const std::string& epoch);
  [[nodiscard]] bool has_read_all() const;
  void complain(const std::string& what);

  const std::uint32_t index_;
  const Habits habits_;
  ReaderHistory history_;
  std::map<Log, Followed> logs_;
  std::map<std::int64_t, Log> channels_;  // by the channel's id
  std::deque<std::string> to_say_;        // commands that wait to be sent
};

}  // namespace hubbub::torture
