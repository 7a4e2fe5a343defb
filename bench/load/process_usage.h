// What another process of this machine has used.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstddef>

namespace hubbub::bench {

struct ProcessUsage {
  bool is_alive = false;
  // User and system time of all its threads, as the scheduler counts them: nanoseconds, where
  // /proc/<pid>/stat would round to ticks of 10 ms.
  std::chrono::nanoseconds cpu{};
  // RssAnon: heap and stacks, without the program's file and mapped databases.
  std::size_t memory_bytes = 0;
};

// `pid` 0: nothing is measured, and it counts as alive.
ProcessUsage read_usage(pid_t pid);

}  // namespace hubbub::bench
