// Decodes what clients send. Pure; any bytes may come in. Thread: any (one parser a thread).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/error.h"
#include "wire/client_command.h"

namespace hubbub {

struct DecodedCommand {
  // What could be read even of a refused command, so that its error finds the sender's books.
  std::string type;
  std::string send_key;
  std::optional<LogName> log;
  // Errors: kMalformed (not one JSON object with a type; a member missing or of the wrong type:
  // `field`), kUnknownCommand, kInvalid (a value out of bounds: `field`).
  Result<ClientCommand> command;
};
DecodedCommand decode_command(std::string_view json);

// The old protocol: nothing for whatever it would ignore. A text may be empty there.
std::optional<ClientCommand> decode_old_command(std::string_view json);

}  // namespace hubbub
