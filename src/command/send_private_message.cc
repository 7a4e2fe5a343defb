#include "command/send_private_message.h"

#include "command/command_table.h"
#include "command/message_text.h"

namespace hubbub {

Result<PendingEntry> send_private_message(const Caller& caller, SendPrivateMessage command) {
  if (auto allowed = check_role(caller, Verb::kSendPrivateMessage); !allowed)
    return allowed.error();
  if (auto valid = check_message_text(command.text); !valid) return valid.error();
  if (command.recipient.empty()) {
    return Error{Code::kInvalid, "A private message needs a recipient.", "recipient_id"};
  }
  return PendingPrivateMessage{std::move(command.recipient), caller.user, std::move(command.text),
                               std::move(command.send_key), Time{}};
}

}  // namespace hubbub
