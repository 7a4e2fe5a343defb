#include "base/resident_memory.h"

#include <unistd.h>

#include <fstream>

namespace hubbub {

std::int64_t resident_memory_bytes() {
  // proc(5): size and resident set, in pages.
  std::ifstream file("/proc/self/statm");
  std::int64_t size = 0;
  std::int64_t resident = 0;
  if (!(file >> size >> resident)) return 0;
  return resident * sysconf(_SC_PAGESIZE);
}

}  // namespace hubbub
