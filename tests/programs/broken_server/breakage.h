// The server, broken on purpose in one of six ways, to see that `hubbub torture` notices
// (tests/torture/test_breakages.py). HUBBUB_BREAKAGE says in which.
//
// The breaks lie outside of the server's code: the linker puts them in the place of one function
// each
// (--wrap in CMakeLists.txt), so that nothing in the server knows of them.
#pragma once

#include <cstdint>
#include <string>

namespace hubbub::broken {

enum class Breakage : std::uint8_t {
  kNone,
  kDrop,          // some messages are shown to nobody who is connected
  kDouble,        // some are stored twice
  kReorder,       // two of one sender change places
  kEarlyAck,      // acknowledged before it is on disk
  kForgottenKey,  // send keys are not known any more after a restart
  kSeam,          // what is published between the last page of a replay and the join is skipped
};

// Errors: ends the program when HUBBUB_BREAKAGE says something else.
Breakage breakage();

// True each `n`th time, over all callers. Thread: any.
bool is_nth_time(std::uint32_t n);

}  // namespace hubbub::broken
