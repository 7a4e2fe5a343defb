#include "command/send_message.h"

#include "command/command_table.h"
#include "command/message_text.h"

namespace hubbub {

Result<PendingEntry> send_message(const Caller& caller, const Hub& hub, SendMessage command) {
  if (auto allowed = check_role(caller, Verb::kSendMessage); !allowed) return allowed.error();
  if (auto valid = check_message_text(command.text); !valid) return valid.error();
  const auto* channel = command.channel ? hub.find_channel(command.channel)
                                        : hub.find_channel(std::string_view(command.channel_name));
  if (!channel) return Error{Code::kUnknownChannel, {}, "channel_id"};
  return PendingMessage{channel->id, caller.user, std::move(command.text),
                        std::move(command.send_key), Time{}};
}

}  // namespace hubbub
