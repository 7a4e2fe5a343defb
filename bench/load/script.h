// What the clients of the load program say in each protocol, and what they look for in the answers.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "load/options.h"
#include "load/position.h"
#include "load/tokens.h"

namespace hubbub::bench {

class Script {
 public:
  explicit Script(const Options& options);

  // The HTTP request that opens the `index`-th user's WebSocket; empty in raw mode.
  [[nodiscard]] std::string upgrade(const Tokens* tokens, std::size_t index) const;

  // The message called `name` (load/ledger.h), as its sender says it.
  [[nodiscard]] std::string message(std::size_t sender, std::string_view name) const;
  // hubbub.v1, after the hello: from the log's end, or from what one has.
  [[nodiscard]] std::string subscribe() const { return subscribe({}, std::nullopt); }
  enum class Log : std::uint8_t { kChannel, kInbox };
  [[nodiscard]] std::string subscribe(Log log, const std::optional<Position>& since) const;

  // The name in a message of ours, or empty. Borrows from `payload`.
  // Cost: one comparison while the name stays at the same place in the payload, as it mostly does.
  std::string_view find_name(std::string_view payload);

  // What any other frame means to a client that waits for it.
  enum class Meaning : std::uint8_t { kNothing, kHello, kGreeted, kGap, kRefused };
  [[nodiscard]] Meaning meaning(std::string_view payload) const;

 private:
  [[nodiscard]] std::string text(std::string_view name) const;
  [[nodiscard]] std::string raw_message(std::size_t sender, std::string_view name) const;

  const Options& options_;
  std::size_t name_at_ = 0;
};

}  // namespace hubbub::bench
