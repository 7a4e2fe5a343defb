// One connection to a Valkey or Redis server, over hiredis: commands out, replies back, all of it
// within a time.
//
// Lives on one thread at a time; may be handed from one to another.
#pragma once

#include <hiredis/hiredis.h>

#include <chrono>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/error.h"
#include "state/valkey/address.h"

namespace hubbub {

// Words of one command; any bytes.
using ValkeyCommand = std::vector<std::string>;

struct ValkeyReply {
  enum class Kind : std::uint8_t { kNothing, kInteger, kText, kList, kError };

  Kind kind = Kind::kNothing;
  std::int64_t integer = 0;
  std::string text;  // kText, kError
  std::vector<ValkeyReply> items;

  // The first error in it, at any depth; null when there is none.
  [[nodiscard]] const ValkeyReply* first_error() const;
};

class ValkeyConnection {
 public:
  // Connects, signs in and chooses the database. Blocks for `timeout` twice at most, and for as
  // long as the system takes to look up the host's name.
  // Errors: kUnavailable, with a detail that holds no password.
  static Result<std::unique_ptr<ValkeyConnection>> open(const ValkeyAddress& address,
                                                        std::chrono::milliseconds timeout);

  // Sends all of them at once and waits for all replies, in order. An error that the server replies
  // is a reply. Blocks for `timeout` at most, whatever the server does.
  // Errors: kUnavailable: what became of the commands is not known. The connection is of no use
  // then.
  Result<std::vector<ValkeyReply>> exchange(std::span<const ValkeyCommand> commands,
                                            std::chrono::milliseconds timeout);
  // The same; a reply with an error in it is an Error too: kUnavailable with the server's words.
  Result<std::vector<ValkeyReply>> run(std::span<const ValkeyCommand> commands,
                                       std::chrono::milliseconds timeout);

 private:
  struct Close {
    void operator()(redisContext* context) const { redisFree(context); }
  };
  using Deadline = std::chrono::steady_clock::time_point;

  explicit ValkeyConnection(redisContext* context) : context_(context) {}
  // Waits until the socket can be read, or written where there is something to write, and does so.
  Status move_bytes(bool& is_written, Deadline deadline);
  [[nodiscard]] Error broken() const;

  std::unique_ptr<redisContext, Close> context_;
};

}  // namespace hubbub
