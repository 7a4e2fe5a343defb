// Commands: any bytes decode to a command within its bounds or to a refusal, and what goes back
// into frames stays JSON.
//
// Input: what a client sends as one message.
#include <simdjson.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <variant>

#include "base/check.h"
#include "wire/command_codec.h"
#include "wire/old_frames.h"
#include "wire/utf8.h"
#include "wire/v1_frames.h"

namespace hubbub {
namespace {

constexpr Seq kSeqMax = (1ULL << 53) - 1;

// The payload's member `name`, read back by another road than it was written.
std::string member_of(std::string_view frame, std::string_view name) {
  simdjson::dom::parser parser;
  std::string_view text;
  const auto error =
      parser.parse(frame.data(), frame.size()).at_key("payload").at_key(name).get(text);
  HUBBUB_CHECK(error == simdjson::SUCCESS);
  return std::string(text);
}

Entry entry_of(const SendMessage& command) {
  Entry entry;
  entry.channel = ChannelId{1};
  entry.channel_name = command.channel_name;
  entry.text = command.text;
  entry.send_key = command.send_key;
  return entry;
}

struct CheckBounds {
  bool is_old = false;

  void operator()(const SendMessage& command) const {
    HUBBUB_CHECK(is_utf8(command.text) && is_utf8(command.channel_name));
    check_send_key(command.send_key);
    const Entry entry = entry_of(command);
    HUBBUB_CHECK(member_of(v1::entry(entry, true)->payload(), "message") == command.text);
    HUBBUB_CHECK(member_of(old_protocol::message(entry)->payload(), "message") == command.text);
    if (is_old) return;
    HUBBUB_CHECK(member_of(v1::ack(command.send_key, entry, false)->payload(), "send_key") ==
                 command.send_key);
  }
  void operator()(const SendPrivateMessage& command) const {
    HUBBUB_CHECK(is_utf8(command.text) && is_utf8(command.recipient.value));
    check_send_key(command.send_key);
  }
  void operator()(const Subscribe& command) const {
    HUBBUB_CHECK(!command.since || command.since->seq <= kSeqMax);
  }
  void operator()(const Unsubscribe&) const {}
  void operator()(const ReadHistory& command) const {
    HUBBUB_CHECK(command.limit >= 1 && command.limit <= 200);
    HUBBUB_CHECK(!command.before || !command.after);
    HUBBUB_CHECK(command.before.value_or(0) <= kSeqMax && command.after.value_or(0) <= kSeqMax);
  }
  void operator()(const WatchActivity&) const {}
  void operator()(const UnwatchActivity&) const {}
  void operator()(const RefreshToken& command) const { HUBBUB_CHECK(is_utf8(command.token)); }

  void check_send_key(const std::string& key) const {
    HUBBUB_CHECK(key.empty() == is_old && is_utf8(key));
    HUBBUB_CHECK(is_old || code_point_count(key) <= 64);
    HUBBUB_CHECK(key.find('\0') == std::string::npos);
  }
};

void check_refusal(const DecodedCommand& decoded) {
  const Error& error = decoded.command.error();
  HUBBUB_CHECK(error.code == Code::kMalformed || error.code == Code::kUnknownCommand ||
               error.code == Code::kInvalid);
  const auto frame = v1::error(error, decoded.send_key, decoded.type, decoded.log);
  HUBBUB_CHECK(!member_of(frame->payload(), "code").empty());
}

}  // namespace
}  // namespace hubbub

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace hubbub;
  // Memory of exactly its length, so that a read beyond it is seen.
  const auto memory = std::make_unique<char[]>(size);
  std::copy_n(data, size, memory.get());
  const std::string_view json(memory.get(), size);

  const auto decoded = decode_command(json);
  if (decoded.command) {
    std::visit(CheckBounds{}, *decoded.command);
  } else {
    check_refusal(decoded);
  }
  if (const auto old = decode_old_command(json)) std::visit(CheckBounds{.is_old = true}, *old);
  return 0;
}
