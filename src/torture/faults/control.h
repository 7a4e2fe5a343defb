// The page of memory over which the parent (disk.h) commands the library of faults (shim/) that is
// preloaded into a process, and reads what it did. Both map one file, shared; nothing else passes
// between them but the files of the folder of shadows (shadow_files.h).
//
// Plain atomics, no locks: the process may be killed between any two instructions.
#pragma once

#include <atomic>
#include <cstdint>

namespace hubbub::torture {

struct FaultControl {
  static constexpr const char* kVariable = "HUBBUB_FAULTS";  // names the file
  static constexpr std::uint32_t kPathBytesMax = 1024;

  // --- commands; 0 is healthy ---
  std::atomic<std::uint32_t> fail_syncs{0};
  std::atomic<std::uint32_t> is_full{0};
  // While it is full: what the last writes still find.
  std::atomic<std::uint64_t> bytes_left{0};
  // Milliseconds. A sync that waits is woken by a futex on this word when it changes.
  std::atomic<std::uint32_t> delay_syncs{0};

  // --- what happened, to files of the folder only ---
  std::atomic<std::uint64_t> writes{0};
  std::atomic<std::uint64_t> writes_refused{0};
  std::atomic<std::uint64_t> writes_cut_short{0};
  std::atomic<std::uint64_t> syncs{0};
  std::atomic<std::uint64_t> syncs_failed{0};
  std::atomic<std::uint64_t> syncs_delayed{0};

  // --- set before the process starts; canonical, without a slash at the end ---
  char folder[kPathBytesMax] = {};   // what the faults act on
  char shadows[kPathBytesMax] = {};  // where the library notes what is durable
};

static_assert(std::atomic<std::uint64_t>::is_always_lock_free);

}  // namespace hubbub::torture
