// Which descriptors are files of the folder, and what happens to files by name.
//
// Thread: any. The table of descriptors is read without a lock: whoever uses a descriptor while
// another thread closes it has lost already. So what a signal handler writes to a pipe or socket
// takes no lock. A process without HUBBUB_FAULTS is left alone.
//
// Not followed: fopen(), fcntl(F_DUPFD), mmap() and what a child process inherits. Bytes written
// over these are durable by chance only. (SQLite's -shm is mapped; it is made anew after a crash.)
#pragma once

#include <pthread.h>
#include <sys/types.h>

#include <array>
#include <cstddef>
#include <cstdint>

#include "torture/faults/control.h"
#include "torture/faults/shim/tracked_file.h"

namespace hubbub::torture {

class Tracker {
 public:
  // nullptr: not of the folder.
  TrackedFile* file(int fd);

  int open(int directory, const char* path, int flags, mode_t mode);
  int close(int fd);
  int dup(int fd);
  int dup3(int from, int to, int flags);
  int sync(int fd, bool is_only_data);

  int rename(int from_directory, const char* from, int to_directory, const char* to);
  int link(int from_directory, const char* from, int to_directory, const char* to, int flags);

 private:
  // What is open at once; a server has five files. More are refused (ENFILE).
  static constexpr std::size_t kFilesMax = 64;

  FaultControl* control();
  TrackedFile* find(const char* name);
  int open_below(const char* name, bool is_new, int directory, const char* path, int flags,
                 mode_t mode);
  bool track(int fd, const char* name, bool is_new);
  // The name is about to be another file's. When a file is removed nothing need be done at once.
  void forget(const char* name);
  int sync_directory(int fd);

  pthread_mutex_t lock_ = PTHREAD_MUTEX_INITIALIZER;
  std::array<TrackedFile, kFilesMax> files_;
};

extern Tracker tracker;

}  // namespace hubbub::torture
