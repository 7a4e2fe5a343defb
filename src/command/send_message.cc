#include "command/send_message.h"

#include "command/command_table.h"
#include "command/message_text.h"
#include "command/mute_check.h"

namespace hubbub {

Result<PendingEntry> send_message(const Caller& caller, const Hub& hub, Time now,
                                  SendMessage&& command) {
  if (auto allowed = check_role(caller, Verb::kSendMessage); !allowed) return allowed.error();
  if (auto valid = check_message_text(command.text); !valid) return valid.error();
  const auto* channel = command.channel
                            ? hub.find_channel(command.channel, caller.role)
                            : hub.find_channel(std::string_view(command.channel_name), caller.role);
  if (!channel) return Error{Code::kUnknownChannel, {}, "channel_id"};
  if (auto allowed = check_mute(caller, hub.restrictions(), channel->id, now); !allowed) {
    return allowed.error();
  }
  const bool is_staff = has_at_least(caller.role, Role::kModerator);
  if (channel->rules.is_read_only && !is_staff) return Error{Code::kReadOnly};
  return PendingMessage{channel->id,
                        caller.user,
                        std::move(command.text),
                        std::move(command.send_key),
                        Time{},
                        is_staff ? 0 : channel->rules.slow_mode_seconds};
}

}  // namespace hubbub
