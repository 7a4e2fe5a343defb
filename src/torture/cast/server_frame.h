// What a server says, as far as participants look at it. docs/protocol.md, docs/compatibility.md
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "torture/history/history.h"

namespace hubbub::torture {

// --- hubbub.v1 ---

struct V1Frame {
  enum class Type : std::uint8_t { kOther, kHello, kAck, kError, kMessage, kSubscribed, kGap };
  struct HelloLog {
    std::int64_t channel_id = 0;
    std::string name;
    Position head;
  };

  Type type = Type::kOther;
  std::optional<std::int64_t> channel_id;  // the log it speaks of; nothing: the inbox, or none
  Position position;
  std::int64_t message_id = 0;
  std::string text;      // of a message; of a gap its reason, of an error its code
  std::string owner_id;  // of a message
  std::string send_key;
  bool is_repeated = false;
  std::int64_t replayed = 0;
  std::chrono::milliseconds retry_after{0};
  std::vector<HelloLog> channels;  // of hello
  Position inbox;
};
// Nothing when it is not JSON, or lacks what its type promises.
std::optional<V1Frame> decode_v1(std::string_view bytes);

// --- the old protocol ---

struct OldMessage {
  std::int64_t cache_id = 0;
  std::string owner_id;
  std::string recipient_id;  // empty: of a channel
  std::string channel;
  std::string text;
};
struct OldFrame {
  std::string type;
  std::vector<OldMessage> messages;  // one, those of a greeting, or none
};
std::optional<OldFrame> decode_old(std::string_view bytes);

}  // namespace hubbub::torture
