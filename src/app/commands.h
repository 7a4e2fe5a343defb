// What the commands of the command line do, once their flags are read. Each returns the exit
// status.
#pragma once

#include "app/settings.h"

namespace hubbub {

// serve_command.cc: runs the server until SIGINT or SIGTERM.
int serve_command(const Settings& settings);

}  // namespace hubbub
