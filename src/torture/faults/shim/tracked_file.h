// One open file of the folder: lets its writes and syncs through or fails them as the parent says,
// and keeps its shadow.
//
// Thread: write(), truncate(), allocate() and sync() from any; each holds the file's lock to its
// end, so what a sync takes to the shadow is what it brought to the disk. A write waits for a sync
// of the same file that is underway; SQLite does not do both at once. The rest: under the lock of
// the tracker, which counts the descriptors.
//
// Never opens the file itself: closing it again would drop the locks that the process holds on it
// (fcntl(2), "Advisory record locking"). So a descriptor must be readable too.
#pragma once

#include <pthread.h>
#include <sys/types.h>
#include <sys/uio.h>

#include <cstddef>
#include <cstdint>

#include "torture/faults/control.h"
#include "torture/faults/shim/shadow.h"

namespace hubbub::torture {

class TrackedFile {
 public:
  // `name`: below the folder. is_new: the file was made by this open, and is empty.
  void attach(FaultControl& control, const char* name, int fd, bool is_new);
  // One descriptor more, one less; with the last it is detached.
  void retain() { ++descriptors_; }
  void release();
  [[nodiscard]] bool is_attached() const { return descriptors_ > 0; }
  [[nodiscard]] bool is_called(const char* name) const;
  // It was renamed; "": the name is another file's, what happens to this one matters to nobody.
  void call(const char* name);

  // As pwritev(); kernel::kAtPosition: as writev().
  ssize_t write(int fd, const iovec* parts, int count, off_t place);
  int truncate(int fd, off_t size);
  int allocate(int fd, int mode, off_t at, off_t size);
  int sync(int fd, bool is_only_data);

 private:
  [[nodiscard]] bool is_full() const { return control_->is_full.load() != 0; }
  // How many of the bytes the disk still takes: all, or some sectors, or none.
  [[nodiscard]] std::size_t room_for(std::size_t bytes);
  int refuse(int error);

  pthread_mutex_t lock_ = PTHREAD_MUTEX_INITIALIZER;
  FaultControl* control_ = nullptr;
  std::uint32_t descriptors_ = 0;
  char name_[FaultControl::kPathBytesMax] = {};
  Shadow shadow_;
};

}  // namespace hubbub::torture
