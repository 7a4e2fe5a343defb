// Reads and writes in the old protocol: no keys, no answers, nothing repeated. It cannot know what
// became of what it said; what it is shown on one connection it notes.
#pragma once

#include <set>
#include <string>

#include "torture/cast/participant.h"
#include "torture/cast/server_frame.h"

namespace hubbub::torture {

class OldClient final : public Participant {
 public:
  // `reader`, `writer`: its indexes in History::old_readers and writers.
  OldClient(Stage& stage, std::uint32_t person, std::uint32_t reader, std::uint32_t writer,
            std::chrono::microseconds pace, std::uint64_t seed);

  void start() override;
  [[nodiscard]] std::string name() const override;
  [[nodiscard]] bool has_said_all() const override { return has_said_all_; }
  [[nodiscard]] const OldReaderHistory& reader_history() const { return read_; }
  [[nodiscard]] const WriterHistory& writer_history() const { return written_; }

 private:
  boost::asio::awaitable<void> run();
  boost::asio::awaitable<void> read_on();
  boost::asio::awaitable<void> talk();
  boost::asio::awaitable<void> say_something();
  void on_message(const OldMessage& message);
  [[nodiscard]] bool has_read_all() const;
  void complain(const std::string& what);

  const std::uint32_t reader_;
  const std::uint32_t writer_;
  const std::chrono::microseconds pace_;
  OldReaderHistory read_;
  WriterHistory written_;
  std::set<Log> ended_;
  bool is_connected_ = false;
  bool has_said_all_ = false;
};

}  // namespace hubbub::torture
