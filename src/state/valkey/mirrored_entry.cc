#include "state/valkey/mirrored_entry.h"

#include "wire/json_writer.h"

namespace hubbub {

bool is_mirrored(const Channel& channel) { return channel.rules.audience() == Role::kMember; }

std::string mirrored_entry(const Entry& entry) {
  JsonWriter json;
  json.object().member("cache_id", entry.message_id.value).key("data").object();
  json.member("owner_id", entry.author.id.value).member("username", entry.author.username);
  if (entry.kind == EntryKind::kPrivateMessage) {
    json.member("recipient_id", entry.recipient.id.value)
        .member("recipient", entry.recipient.username);
  } else {
    json.member("channel", entry.channel_name);
  }
  json.member("message", entry.text)
      .member("authored_at", format_time(entry.authored_at))
      .end_object()
      .end_object();
  return json.take();
}

}  // namespace hubbub
