#include "wire/command_codec.h"

#include <simdjson.h>

#include "wire/utf8.h"

namespace hubbub {
namespace {

namespace dom = simdjson::dom;

constexpr std::size_t kSendKeyLengthMax = 64;        // unit: code points
constexpr std::size_t kTypeBytesMax = 64;            // of a refused command, in its error
constexpr std::uint64_t kSeqMax = (1ULL << 53) - 1;  // what a JavaScript number holds exactly

// Every member that any command has, each absent until seen.
struct Members {
  std::optional<std::string> type, send_key, channel, message, recipient_id, token, epoch;
  std::optional<std::int64_t> channel_id, limit;
  std::optional<std::uint64_t> before, after, since_seq;
  std::optional<LogName> log;
  bool has_since = false;
  std::string wrong_field;  // the first member of the wrong JSON type
};

void note_wrong(std::string_view name, Members& members) {
  if (members.wrong_field.empty()) members.wrong_field = name;
}

void read_text(const dom::element& value, std::string_view name, std::optional<std::string>& into,
               Members& members) {
  std::string_view text;
  if (value.get(text) == simdjson::SUCCESS) {
    into.emplace(text);
  } else {
    note_wrong(name, members);
  }
}

template <class Number>
void read_number(const dom::element& value, std::string_view name, std::optional<Number>& into,
                 Members& members) {
  Number number{};
  if (value.get(number) == simdjson::SUCCESS) {
    into = number;
  } else {
    note_wrong(name, members);
  }
}

void read_log(const dom::element& value, Members& members) {
  std::string_view text;
  std::int64_t id = 0;
  if (value.get(text) == simdjson::SUCCESS && text == "inbox") {
    members.log = LogName{true, {}};
  } else if (value.get(id) == simdjson::SUCCESS) {
    members.log = LogName{false, ChannelId{id}};
  } else {
    note_wrong("log", members);
  }
}

void read_since(const dom::element& value, Members& members) {
  if (value.is_null()) return;
  members.has_since = true;
  dom::object since;
  if (value.get(since) != simdjson::SUCCESS) return note_wrong("since", members);
  for (const auto& [name, member] : since) {
    if (name == "epoch") read_text(member, "since.epoch", members.epoch, members);
    if (name == "seq") read_number(member, "since.seq", members.since_seq, members);
  }
}

void read_member(std::string_view name, const dom::element& value, Members& members) {
  if (name == "type")
    read_text(value, name, members.type, members);
  else if (name == "send_key")
    read_text(value, name, members.send_key, members);
  else if (name == "channel")
    read_text(value, name, members.channel, members);
  else if (name == "message")
    read_text(value, name, members.message, members);
  else if (name == "recipient_id")
    read_text(value, name, members.recipient_id, members);
  else if (name == "token")
    read_text(value, name, members.token, members);
  else if (name == "channel_id")
    read_number(value, name, members.channel_id, members);
  else if (name == "limit")
    read_number(value, name, members.limit, members);
  else if (name == "before")
    read_number(value, name, members.before, members);
  else if (name == "after")
    read_number(value, name, members.after, members);
  else if (name == "log")
    read_log(value, members);
  else if (name == "since")
    read_since(value, members);
}

// False when `json` is not one JSON object. simdjson's DOM and not its on-demand reader: it
// validates what we skip as well, and picks the processor's best instructions at run time.
bool read_members(std::string_view json, Members& members) {
  thread_local dom::parser parser;
  dom::object object;
  if (parser.parse(json.data(), json.size()).get(object) != simdjson::SUCCESS) return false;
  for (const auto& [name, value] : object) read_member(name, value, members);
  return true;
}

Error missing(std::string_view field) {
  return Error{Code::kMalformed, std::string(field) + " is missing", std::string(field)};
}

Result<ClientCommand> make_send(Members& members, bool is_private) {
  if (!members.send_key) return missing("send_key");
  if (members.send_key->empty() || code_point_count(*members.send_key) > kSendKeyLengthMax ||
      members.send_key->find('\0') != std::string::npos) {
    return Error{Code::kInvalid, "send_key must have 1 to 64 characters", "send_key"};
  }
  if (!members.message) return missing("message");
  if (is_private) {
    if (!members.recipient_id) return missing("recipient_id");
    return SendPrivateMessage{UserId{std::move(*members.recipient_id)}, std::move(*members.message),
                              std::move(*members.send_key)};
  }
  if (!members.channel_id && !members.channel) return missing("channel_id");
  return SendMessage{ChannelId{members.channel_id.value_or(0)},
                     std::move(members.channel).value_or(""), std::move(*members.message),
                     std::move(*members.send_key)};
}

Result<ClientCommand> make_subscribe(Members& members) {
  if (!members.log) return missing("log");
  Subscribe command{*members.log, std::nullopt};
  if (members.has_since) {
    if (!members.epoch) return missing("since.epoch");
    if (!members.since_seq) return missing("since.seq");
    if (*members.since_seq > kSeqMax) {
      return Error{Code::kInvalid, "since.seq must be below 2^53", "since.seq"};
    }
    command.since = Position{std::move(*members.epoch), *members.since_seq};
  }
  return command;
}

Result<ClientCommand> make_history(Members& members) {
  if (!members.log) return missing("log");
  if (members.before && members.after) {
    return Error{Code::kInvalid, "give before or after, not both", "after"};
  }
  const auto limit = members.limit.value_or(50);
  if (limit < 1 || limit > 200) return Error{Code::kInvalid, "limit must be 1 to 200", "limit"};
  if (members.before.value_or(0) > kSeqMax) {
    return Error{Code::kInvalid, "before must be below 2^53", "before"};
  }
  if (members.after.value_or(0) > kSeqMax) {
    return Error{Code::kInvalid, "after must be below 2^53", "after"};
  }
  return ReadHistory{*members.log, members.before, members.after, limit};
}

Result<ClientCommand> make_command(Members& members) {
  if (!members.wrong_field.empty()) {
    return Error{Code::kMalformed, members.wrong_field + " has the wrong type",
                 members.wrong_field};
  }
  if (!members.type) return missing("type");
  const std::string_view type = *members.type;
  if (type == "chat_message") return make_send(members, false);
  if (type == "private_chat_message") return make_send(members, true);
  if (type == "subscribe") return make_subscribe(members);
  if (type == "history") return make_history(members);
  if (type == "unsubscribe") {
    if (!members.log) return missing("log");
    return Unsubscribe{*members.log};
  }
  if (type == "refresh_token") {
    if (!members.token) return missing("token");
    return RefreshToken{std::move(*members.token)};
  }
  if (type == "watch_activity") return WatchActivity{};
  if (type == "unwatch_activity") return UnwatchActivity{};
  return Error{Code::kUnknownCommand, {}, "type"};
}

}  // namespace

DecodedCommand decode_command(std::string_view json) {
  Members members;
  if (!read_members(json, members)) {
    return {{}, {}, {}, Error{Code::kMalformed, "not one JSON object"}};
  }
  DecodedCommand decoded{members.type.value_or(""), members.send_key.value_or(""), members.log,
                         Error{Code::kMalformed}};
  // What goes back in an error frame is bounded.
  if (code_point_count(decoded.send_key) > kSendKeyLengthMax) decoded.send_key.clear();
  if (decoded.type.size() > kTypeBytesMax) decoded.type.clear();
  decoded.command = make_command(members);
  return decoded;
}

std::optional<ClientCommand> decode_old_command(std::string_view json) {
  Members members;
  if (!read_members(json, members) || !members.type || !members.message) return std::nullopt;
  if (*members.type == "chat_message" && members.channel) {
    return SendMessage{{}, std::move(*members.channel), std::move(*members.message), {}};
  }
  if (*members.type == "private_chat_message" && members.recipient_id) {
    return SendPrivateMessage{
        UserId{std::move(*members.recipient_id)}, std::move(*members.message), {}};
  }
  return std::nullopt;
}

}  // namespace hubbub
