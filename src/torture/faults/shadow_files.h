// What the folder of shadows holds for a file `a/b` of the folder that the faults act on:
//   a%2Fb.durable  its bytes as a power cut leaves them at least: what the last successful syncs
//                  brought to the disk. Without it, the whole file is durable as it is.
//   a%2Fb.dirty    one bit for each page of the file: it was written since, so that the next sync
//                  brings it to the disk. A bit too many does no harm. A page that differs from the
//                  durable one, but has no bit, was dropped by a sync that failed: only writing it
//                  again saves it.
//   a%2Fb.new      (empty) its name was made since the last sync of its directory.
// They stay when the file is removed, until another is given the name.
//
// These survive the process that is killed, and are what the next process goes on with: what the
// page cache keeps over a kill is still not synced.
#pragma once

#include <cstddef>
#include <cstdint>

namespace hubbub::torture {

inline constexpr const char* kDurable = ".durable";
inline constexpr const char* kDirty = ".dirty";
inline constexpr const char* kNew = ".new";
inline constexpr const char* kUnfinished = ".unfinished";  // becomes .durable; counts for nothing

// Linux writes back and drops whole pages.
inline constexpr std::size_t kPageBytes = 4096;
// Larger files are refused (EFBIG). A bitmap for that many pages takes 512 KiB, sparse.
inline constexpr std::uint64_t kTrackedBytesMax = 16ULL << 30U;
inline constexpr std::size_t kBitmapBytes = kTrackedBytesMax / kPageBytes / 8;

inline constexpr const char* kSlash = "%2F";

// A name as it is called among the shadows. Errors: false when it does not fit.
inline bool escape(const char* name, char* escaped, std::size_t bytes_max) {
  std::size_t size = 0;
  const auto put = [&](const char* text, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i, ++size) {
      if (size < bytes_max) escaped[size] = text[i];
    }
  };
  for (; *name != '\0'; ++name) {
    if (*name == '/') {
      put(kSlash, 3);
    } else if (*name == '%') {
      put("%25", 3);
    } else {
      put(name, 1);
    }
  }
  put(name, 1);  // the end
  return size <= bytes_max;
}

}  // namespace hubbub::torture
