// hubbub <command> [flags]. Each command is a file of its own.
#pragma once

namespace hubbub {

// The exit status: 0 done, 1 failed, 2 not understood.
int run_command_line(int argc, char** argv);

}  // namespace hubbub
