// What is durable of one open file, and which of its pages the next sync will make so: the files
// NAME.durable and NAME.dirty of shadow_files.h.
//
// Not for threads: its TrackedFile locks. Zero-initialised memory is a detached one.
#pragma once

#include <cstdint>

#include "torture/faults/control.h"
#include "torture/faults/shadow_files.h"

namespace hubbub::torture {

class Shadow {
 public:
  // is_new: `fd` was just made, and is empty; REQUIRES: forget_shadow() came before. Otherwise goes
  // on with what an earlier process left; without that, takes the file as durable as it is, which
  // costs a copy.
  void attach(const FaultControl& control, const char* name, int fd, bool is_new);
  void detach();

  // The bytes [begin, end) are about to change. Called before they do: a kill in between leaves a
  // mark too many, never one too few. REQUIRES: end ≤ kTrackedBytesMax.
  void mark(std::uint64_t begin, std::uint64_t end);
  // A sync of `fd` succeeded, and nothing was written since it began: what is marked becomes
  // durable, and the size. A kill in the midst leaves some pages durable and all marked, which is
  // right: that sync has not returned.
  void take(int fd);
  // A sync failed: what was marked is as little durable as before, and no longer marked.
  void drop();

 private:
  // Pages [begin, end) that are all marked, the first at or after `page`; empty: none is left.
  struct Run {
    std::uint64_t begin;
    std::uint64_t end;
  };
  [[nodiscard]] Run next_run(std::uint64_t page) const;
  [[nodiscard]] bool is_marked(std::uint64_t page) const;

  int durable_ = -1;
  std::uint64_t* marks_ = nullptr;  // mapped, kBitmapBytes
  // All marks are within, so that a sync need not look at the whole bitmap.
  std::uint64_t pages_begin_ = 0;
  std::uint64_t pages_end_ = 0;
};

std::uint64_t size_of(int fd);

// For what the library cannot go on from, such as a full disk under the shadows: says so, aborts.
[[noreturn]] void give_up(const char* why);

}  // namespace hubbub::torture
