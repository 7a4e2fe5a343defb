// What was sent, and the one order in which every connection must receive it.
//
// The first connection that receives a k-th message fixes which one it is; all others are held
// against that, and each sender's messages against the order in which they were sent. So a loss, a
// repetition and a swap all show as a message that is not the expected one.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace hubbub::bench {

using Instant = std::chrono::steady_clock::time_point;

// In a message's text: "bench:" and the name, 4 hexadecimal digits of sender and 8 of number.
inline constexpr std::size_t kNameLength = 12;

class Ledger {
 public:
  explicit Ledger(std::size_t sender_count) : senders_(sender_count) {}

  // Books the sender's next message and gives its name. Latency counts from `at`.
  std::string book(std::size_t sender, Instant at);

  // The `index`-th message (from 0) of some connection has this name.
  // When it was sent; nothing when it is not the expected one.
  // REQUIRES: name.size() == kNameLength; index <= ordered_count() for each connection in turn.
  const Instant* receive(std::size_t index, std::string_view name);

  [[nodiscard]] std::size_t booked_count() const { return booked_count_; }
  // The name of the `index`-th message, for a complaint; empty when nobody has received that many.
  [[nodiscard]] std::string expected(std::size_t index) const;

 private:
  struct Sender {
    std::vector<Instant> sent_at;    // by number
    std::size_t received_count = 0;  // in order, by whoever was first
  };
  struct Received {
    std::array<char, kNameLength> name;
    Instant sent_at;
  };
  const Instant* receive_first(std::string_view name);

  std::vector<Sender> senders_;
  std::vector<Received> order_;
  std::size_t booked_count_ = 0;
};

}  // namespace hubbub::bench
