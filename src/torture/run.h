// A whole run of `hubbub torture`: a server of its own with its database, people who write and
// read, a nemesis, and in the end the checker.
#pragma once

#include "torture/options.h"

namespace hubbub::torture {

// Prints what is done, and as the last line what came of it. Returns the exit status: 0 when
// everything was as promised, 1 when not, 2 when it could not be tried.
int run(Options options);

}  // namespace hubbub::torture
