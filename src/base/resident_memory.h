// How much of this process is in memory.
#pragma once

#include <cstdint>

namespace hubbub {

// Unit: bytes; 0 where the system does not tell. Thread: any. Cost: some microseconds, no disk.
std::int64_t resident_memory_bytes();

}  // namespace hubbub
