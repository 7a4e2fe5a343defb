#include "state/valkey/mirror_commands.h"

#include <iterator>
#include <utility>

namespace hubbub::valkey {
namespace {

// A node that died is gone from presence after this; renewed three times meanwhile.
constexpr std::string_view kPresenceSeconds = "30";

// What is in the list but is no message is left alone.
constexpr std::string_view kRemove = R"lua(
local removed = {}
for _, id in ipairs(ARGV) do removed[tonumber(id)] = true end
for _, entry in ipairs(redis.call('LRANGE', KEYS[1], 0, -1)) do
  local is_json, message = pcall(cjson.decode, entry)
  if is_json and type(message) == 'table' and removed[message.cache_id] then
    redis.call('LREM', KEYS[1], 1, entry)
  end
end
return 1
)lua";

constexpr std::string_view kRaise = R"lua(
local held = redis.pcall('GET', KEYS[1])
local number = type(held) == 'string' and tonumber(held) or 0
if number < tonumber(ARGV[1]) then redis.call('SET', KEYS[1], ARGV[1]) end
return 1
)lua";

ValkeyCommand script(std::string_view text, std::string_view key) {
  return {"EVAL", std::string(text), "1", std::string(key)};
}

}  // namespace

std::string recent_private_messages(const UserId& user) {
  return "recent_private_messages:" + user.value;
}

Commands as_one(Commands commands) {
  if (commands.empty()) return commands;
  commands.insert(commands.begin(), ValkeyCommand{"MULTI"});
  commands.push_back({"EXEC"});
  return commands;
}

void append_recent(Commands& commands, std::string_view list, std::vector<std::string> entries) {
  if (entries.empty()) return;
  ValkeyCommand push = {"RPUSH", std::string(list)};
  std::move(entries.begin(), entries.end(), std::back_inserter(push));
  commands.push_back(std::move(push));
  commands.push_back({"LTRIM", std::string(list), "-" + std::to_string(kRecentCountMax), "-1"});
}

void replace_recent(Commands& commands, std::string_view list, std::vector<std::string> entries) {
  commands.push_back({"DEL", std::string(list)});
  append_recent(commands, list, std::move(entries));
}

void remove_recent(Commands& commands, std::span<const MessageId> messages) {
  if (messages.empty()) return;
  auto command = script(kRemove, kRecentMessages);
  for (const auto message : messages) command.push_back(std::to_string(message.value));
  commands.push_back(std::move(command));
}

void raise_counter(Commands& commands, std::string_view counter, MessageId at_least) {
  auto command = script(kRaise, counter);
  command.push_back(std::to_string(at_least.value));
  commands.push_back(std::move(command));
}

void change_presence(Commands& commands, const std::string& hash,
                     std::span<const PresenceChange> changes) {
  ValkeyCommand here = {"HSET", hash};
  ValkeyCommand gone = {"HDEL", hash};
  for (const auto& change : changes) {
    if (change.value.empty()) {
      gone.push_back(change.user.value);
    } else {
      here.push_back(change.user.value);
      here.push_back(change.value);
    }
  }
  if (here.size() > 2) commands.push_back(std::move(here));
  if (gone.size() > 2) commands.push_back(std::move(gone));
  if (!changes.empty()) keep_presence(commands, hash);
}

void keep_presence(Commands& commands, const std::string& hash) {
  commands.push_back({"EXPIRE", hash, std::string(kPresenceSeconds)});
}

}  // namespace hubbub::valkey
