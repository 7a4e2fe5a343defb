#include "command/send_private_message.h"

#include "command/command_table.h"
#include "command/message_text.h"
#include "command/mute_check.h"

namespace hubbub {

Result<PendingEntry> send_private_message(const Caller& caller, const Hub& hub, Time now,
                                          SendPrivateMessage&& command) {
  if (auto allowed = check_role(caller, Verb::kSendPrivateMessage); !allowed) {
    return allowed.error();
  }
  if (auto valid = check_message_text(command.text); !valid) return valid.error();
  if (command.recipient.empty()) {
    return Error{Code::kInvalid, "A private message needs a recipient.", "recipient_id"};
  }
  if (auto allowed = check_mute(caller, hub.restrictions(), ChannelId{}, now); !allowed) {
    return allowed.error();
  }
  return PendingPrivateMessage{std::move(command.recipient), caller.user, std::move(command.text),
                               std::move(command.send_key), Time{}};
}

}  // namespace hubbub
