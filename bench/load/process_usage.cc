#include "load/process_usage.h"

#include <ctime>
#include <fstream>
#include <string>

namespace hubbub::bench {

ProcessUsage read_usage(pid_t pid) {
  if (pid == 0) return {true, {}, 0};
  ProcessUsage usage;
  clockid_t clock{};
  timespec time{};
  if (clock_getcpuclockid(pid, &clock) != 0 || clock_gettime(clock, &time) != 0) return usage;
  usage.cpu = std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
  std::ifstream status("/proc/" + std::to_string(pid) + "/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("RssAnon:")) usage.memory_bytes = std::stoull(line.substr(8)) * 1024;
    // A zombie has no memory any more, but still a clock.
    if (line.starts_with("State:")) usage.is_alive = line.find('Z') == std::string::npos;
  }
  return usage;
}

}  // namespace hubbub::bench
