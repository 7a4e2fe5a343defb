// One connection of the load program: opens, upgrades, and cuts what it receives into frames.
//
// Lives on the one thread of its swarm or crowd, which tells it what its socket is ready for.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "load/frame_reader.h"
#include "load/options.h"

namespace hubbub::bench {

struct SocketOptions {
  // Not 0: the kernel keeps little for this connection, at either end. Unit: bytes.
  std::size_t receive_buffer_bytes = 0;
  // The kernel notes when bytes arrive.
  bool is_stamped = false;
};

class Client {
 public:
  enum class State : std::uint8_t { kOpening, kUpgrading, kGreeting, kReady, kFailed };

  // Takes each text or binary frame: payload (of a long one the beginning) and the frame's length.
  using OnFrame = std::function<void(std::string_view payload, std::size_t frame_bytes)>;

  // `upgrade`: the HTTP request to begin with; empty: none.
  Client(std::size_t index, Protocol protocol, std::string upgrade);
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;
  ~Client();

  // Connects from an address of its own in 127.0.0.0/8, so that ports do not run out. Does not
  // wait.
  void open(const std::string& host, std::uint16_t port, SocketOptions options);
  // The socket may be written (it opened, or has room again).
  void on_writable();
  // The socket may be read. `buffer` is scratch space of the caller's.
  void on_readable(std::span<char> buffer, const OnFrame& on_frame);

  // Puts one text message in line; flush() sends what waits, as far as the socket takes it.
  void push_text(std::string_view payload);
  void flush();

  // The destructor will reset the connection (RST) instead of ending it.
  void reset_when_closed() const;

  // Decided by whoever reads the frames.
  void set_ready() { state_ = State::kReady; }
  void fail(std::string reason);

  // Why a failed one failed, for who wants to come back: the close code, or the status of an
  // upgrade that was refused; 0: the connection was lost or never made, or we ended it.
  [[nodiscard]] int refusal() const { return refusal_; }
  // The wait that the server asked for: retry_in_ms of a close frame, Retry-After of an answer.
  [[nodiscard]] std::optional<std::chrono::milliseconds> retry_after() const {
    return retry_after_;
  }

  [[nodiscard]] State state() const { return state_; }
  [[nodiscard]] const std::string& failure() const { return failure_; }
  [[nodiscard]] std::size_t index() const { return index_; }
  [[nodiscard]] int socket() const { return socket_; }
  [[nodiscard]] std::uint64_t received_bytes() const { return received_bytes_; }
  // When the last bytes that were read had arrived. REQUIRES: is_stamped.
  [[nodiscard]] std::chrono::steady_clock::time_point arrived_at() const { return arrived_at_; }
  // on_writable() is wanted.
  [[nodiscard]] bool is_waiting_to_write() const {
    return state_ == State::kOpening || sent_bytes_ < unsent_.size();
  }

  // The swarm's books.
  std::size_t received_count = 0;
  bool watches_writable = true;

 private:
  void on_opened();
  ssize_t receive(std::span<char> buffer);
  ssize_t receive_stamped(std::span<char> buffer);
  void read_upgrade_answer(std::string_view bytes, const OnFrame& on_frame);
  void read_frames(std::string_view bytes, const OnFrame& on_frame);
  void refuse_upgrade(std::string_view answer);
  void on_control_frame(Opcode opcode, std::string_view payload);
  void push_frame(Opcode opcode, std::string_view payload);

  const std::size_t index_;
  const Protocol protocol_;
  int socket_ = -1;
  State state_ = State::kOpening;
  std::string upgrade_;
  std::string answer_;  // the HTTP answer until it is whole
  FrameReader frames_;
  std::string unsent_;
  std::size_t sent_bytes_ = 0;  // of unsent_
  std::string failure_;
  int refusal_ = 0;
  std::optional<std::chrono::milliseconds> retry_after_;
  bool is_stamped_ = false;
  std::chrono::steady_clock::time_point arrived_at_{};
  std::uint64_t received_bytes_ = 0;
};

}  // namespace hubbub::bench
