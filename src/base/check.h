// Bugs end the process, in release builds too: a wrong state must not reach the disk.
#pragma once

#include <cstdio>
#include <cstdlib>

#define HUBBUB_CHECK(condition)                                                          \
  do {                                                                                   \
    if (!(condition)) [[unlikely]] {                                                     \
      std::fprintf(stderr, "%s:%d: check failed: %s\n", __FILE__, __LINE__, #condition); \
      std::abort();                                                                      \
    }                                                                                    \
  } while (false)
