// Preloaded into a server under test: the disk beneath its database fails as a file tells.
//
// HUBBUB_FAILING_DISK names that file; it holds one fault, or nothing: "write ENOSPC" and "sync
// EIO" fail with that error, "late 1500" lets each sync come so many milliseconds late. It acts on
// files with "hubbub.db" in their name. On libc alone: it is loaded before everything else.
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

namespace {

struct Fault {
  bool is_write = false;
  bool is_sync = false;
  int error = 0;
  long late_ms = 0;
};

int error_of(const char* name) {
  if (strcmp(name, "ENOSPC") == 0) return ENOSPC;
  if (strcmp(name, "EROFS") == 0) return EROFS;
  if (strcmp(name, "EDQUOT") == 0) return EDQUOT;
  return EIO;
}

Fault present_fault() {
  Fault fault;
  const char* path = getenv("HUBBUB_FAILING_DISK");
  const int file = path == nullptr ? -1 : open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return fault;
  char text[64] = {};
  const auto size = read(file, text, sizeof text - 1);
  close(file);
  char what[16] = {};
  char how[16] = {};
  if (size <= 0 || sscanf(text, "%15s %15s", what, how) != 2) return fault;
  fault.is_write = strcmp(what, "write") == 0;
  fault.is_sync = strcmp(what, "sync") == 0;
  if (strcmp(what, "late") == 0) fault.late_ms = atol(how);
  if (fault.is_write || fault.is_sync) fault.error = error_of(how);
  return fault;
}

bool is_database(int descriptor) {
  char link[64];
  char path[PATH_MAX];
  snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
  const auto size = readlink(link, path, sizeof path - 1);
  if (size <= 0) return false;
  path[size] = 0;
  return strstr(path, "hubbub.db") != nullptr;
}

bool fails_to_write(int descriptor) {
  const auto fault = present_fault();
  if (!fault.is_write || !is_database(descriptor)) return false;
  errno = fault.error;
  return true;
}

}  // namespace

extern "C" {

ssize_t pwrite64(int descriptor, const void* bytes, size_t count, off64_t at) {
  if (fails_to_write(descriptor)) return -1;
  return syscall(SYS_pwrite64, descriptor, bytes, count, at);
}

ssize_t write(int descriptor, const void* bytes, size_t count) {
  if (fails_to_write(descriptor)) return -1;
  return syscall(SYS_write, descriptor, bytes, count);
}

int ftruncate64(int descriptor, off64_t size) {
  if (fails_to_write(descriptor)) return -1;
  return static_cast<int>(syscall(SYS_ftruncate, descriptor, size));
}

int fdatasync(int descriptor) {
  const auto fault = present_fault();
  const bool is_ours = (fault.is_sync || fault.late_ms > 0) && is_database(descriptor);
  if (is_ours && fault.is_sync) {
    errno = fault.error;
    return -1;
  }
  if (is_ours) {
    const timespec pause{fault.late_ms / 1000, fault.late_ms % 1000 * 1'000'000};
    nanosleep(&pause, nullptr);
  }
  return static_cast<int>(syscall(SYS_fdatasync, descriptor));
}

}  // extern "C"
