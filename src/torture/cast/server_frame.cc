#include "torture/cast/server_frame.h"

#include <simdjson.h>

#include <stdexcept>

namespace hubbub::torture {
namespace {

using simdjson::dom::element;

// Throw simdjson_error where a member is missing or of another type.
std::string text(element object, const char* name) {
  return std::string(std::string_view(object[name]));
}
std::int64_t number(element object, const char* name) { return std::int64_t(object[name]); }
std::string optional_text(element object, const char* name) {
  std::string_view value;
  return object[name].get(value) == simdjson::SUCCESS ? std::string(value) : std::string();
}
std::int64_t optional_number(element object, const char* name) {
  std::int64_t value = 0;
  return object[name].get(value) == simdjson::SUCCESS ? value : 0;
}
Position position_of(element object) { return {text(object, "epoch"), number(object, "seq")}; }

void read_log(element payload, V1Frame& frame) {
  std::int64_t id = 0;
  if (payload["log"].get(id) == simdjson::SUCCESS) frame.channel_id = id;
}

void read_hello(element payload, V1Frame& frame) {
  for (const element channel : payload["channels"]) {
    frame.channels.push_back({number(channel, "id"), text(channel, "name"), position_of(channel)});
  }
  frame.inbox = position_of(payload["inbox"]);
}

void read_message(element payload, V1Frame& frame) {
  frame.position = position_of(payload);
  frame.message_id = number(payload, "message_id");
  frame.text = text(payload, "message");
  frame.owner_id = text(payload, "owner_id");
  frame.send_key = optional_text(payload, "send_key");
}

void read_payload(std::string_view type, element payload, V1Frame& frame) {
  using Type = V1Frame::Type;
  read_log(payload, frame);
  if (type == "hello") {
    frame.type = Type::kHello;
    read_hello(payload, frame);
  } else if (type == "ack") {
    frame.type = Type::kAck;
    frame.position = position_of(payload);
    frame.message_id = number(payload, "message_id");
    frame.send_key = text(payload, "send_key");
    frame.is_repeated = bool(payload["repeated"]);
  } else if (type == "error") {
    frame.type = Type::kError;
    frame.text = text(payload, "code");
    frame.send_key = optional_text(payload, "send_key");
    frame.retry_after = std::chrono::milliseconds(optional_number(payload, "retry_after_ms"));
  } else if (type == "chat_message" || type == "private_chat_message") {
    frame.type = Type::kMessage;
    read_message(payload, frame);
  } else if (type == "subscribed") {
    frame.type = Type::kSubscribed;
    frame.position = position_of(payload);
    frame.replayed = number(payload, "replayed");
  } else if (type == "gap") {
    frame.type = Type::kGap;
    frame.text = text(payload, "reason");
  }
}

OldMessage old_message(element payload) {
  return {number(payload, "cacheID"), text(payload, "owner_id"),
          optional_text(payload, "recipient_id"), optional_text(payload, "channel"),
          text(payload, "message")};
}

}  // namespace

std::optional<V1Frame> decode_v1(std::string_view bytes) {
  simdjson::dom::parser parser;
  try {
    const element all = parser.parse(bytes.data(), bytes.size());
    V1Frame frame;
    read_payload(std::string_view(all["type"]), all["payload"], frame);
    return frame;
  } catch (const simdjson::simdjson_error&) {
    return {};
  }
}

std::optional<OldFrame> decode_old(std::string_view bytes) {
  simdjson::dom::parser parser;
  try {
    const element all = parser.parse(bytes.data(), bytes.size());
    OldFrame frame{text(all, "type"), {}};
    const element payload = all["payload"];
    if (frame.type == "chat_message" || frame.type == "private_chat_message") {
      frame.messages.push_back(old_message(payload));
    } else if (frame.type == "bulk_chat_messages" || frame.type == "bulk_private_messages") {
      for (const element message : payload["messages"]) {
        frame.messages.push_back(old_message(message));
      }
    }
    return frame;
  } catch (const simdjson::simdjson_error&) {
    return {};
  }
}

}  // namespace hubbub::torture
