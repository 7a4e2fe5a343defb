// hubbub_load reconnect: what those who stay see while a crowd is cut off and comes back.
#pragma once

#include "load/options.h"

namespace hubbub::bench {

// Prints what it measured as JSON. Returns the program's exit code: 1 after a failure.
int run_reconnect(const Options& options);

}  // namespace hubbub::bench
