#include "load/script.h"

#include <cstring>

#include "load/ledger.h"
#include "wire/json_writer.h"

namespace hubbub::bench {
namespace {

constexpr std::string_view kMarker = R"("message":"bench:)";

// All of one length, so that frames are.
std::string user_name(std::size_t index) {
  std::string digits = std::to_string(index);
  return "user" + std::string(6 - std::min<std::size_t>(6, digits.size()), '0') + digits;
}

}  // namespace

Script::Script(const Options& options) : options_(options) {}

std::string Script::upgrade(const Tokens* tokens, std::size_t index) const {
  if (options_.protocol == Protocol::kRaw) return {};
  const std::string token = tokens->make(user_name(index), options_.client, {});
  std::string target = "/ws";
  std::string protocols;
  if (options_.protocol == Protocol::kV1) {
    protocols = "Sec-WebSocket-Protocol: hubbub.v1, bearer." + token + "\r\n";
  } else {
    target += "?token=" + token;
  }
  return "GET " + target + " HTTP/1.1\r\nHost: " + options_.host + ":" +
         std::to_string(options_.port) +
         "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
         "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" +
         protocols + "\r\n";
}

std::string Script::text(std::string_view name) const {
  std::string text = "bench:" + std::string(name) + " ";
  if (text.size() < options_.text_bytes) text.resize(options_.text_bytes, '.');
  return text;
}

std::string Script::message(std::size_t sender, std::string_view name) const {
  if (options_.protocol == Protocol::kRaw) return raw_message(sender, name);
  JsonWriter json;
  json.object().member("type", "chat_message");
  if (options_.protocol == Protocol::kV1) {
    json.member("send_key", name).member("channel_id", options_.channel_id);
  } else {
    json.member("channel", options_.channel);
  }
  json.member("message", text(name)).end_object();
  return json.take();
}

// What the server would make of it, for a loop that only repeats.
std::string Script::raw_message(std::size_t sender, std::string_view name) const {
  JsonWriter json;
  json.object().member("type", "chat_message").member("sender", user_name(sender));
  json.key("payload")
      .object()
      .member("cacheID", 1000)
      .member("owner_id", "id-" + user_name(sender));
  json.member("username", user_name(sender)).member("channel", options_.channel);
  json.member("message", text(name)).member("authored_at", "2026-01-02T03:04:05.123456Z");
  json.end_object().end_object();
  std::string message = json.take() + "\n";
  const std::size_t header_bytes = options_.frame_bytes < 126 + 2 ? 2 : 4;
  if (message.size() + header_bytes < options_.frame_bytes) {
    message.resize(options_.frame_bytes - header_bytes, ' ');
  }
  return message;
}

std::string Script::subscribe(Log log, const std::optional<Position>& since) const {
  JsonWriter json;
  json.object().member("type", "subscribe");
  if (log == Log::kInbox) {
    json.member("log", "inbox");
  } else {
    json.member("log", options_.channel_id);
  }
  if (since) {
    json.key("since").object().member("epoch", since->epoch).member("seq", since->seq).end_object();
  }
  json.end_object();
  return json.take();
}

std::string_view Script::find_name(std::string_view payload) {
  const auto is_at = [&](std::size_t place) {
    return place + kMarker.size() + kNameLength <= payload.size() &&
           std::memcmp(payload.data() + place, kMarker.data(), kMarker.size()) == 0;
  };
  if (!is_at(name_at_)) {
    const auto place = payload.find(kMarker);
    if (place == std::string_view::npos || !is_at(place)) return {};
    name_at_ = place;
  }
  return payload.substr(name_at_ + kMarker.size(), kNameLength);
}

Script::Meaning Script::meaning(std::string_view payload) const {
  constexpr std::string_view kBegin = R"({"type":")";
  if (!payload.starts_with(kBegin)) return Meaning::kNothing;
  payload.remove_prefix(kBegin.size());
  const auto type = payload.substr(0, payload.find('"'));
  if (type == "error") return Meaning::kRefused;
  if (options_.protocol == Protocol::kV1) {
    if (type == "hello") return Meaning::kHello;
    if (type == "subscribed") return Meaning::kGreeted;
    if (type == "gap") return Meaning::kGap;
  } else if (type == "connected_users") {
    return Meaning::kGreeted;  // the last frame of the greeting
  }
  return Meaning::kNothing;
}

}  // namespace hubbub::bench
