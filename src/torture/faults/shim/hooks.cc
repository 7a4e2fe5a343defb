// The functions of libc that the library takes the place of in the process into which it is
// preloaded: those by which SQLite and the server make, change, name and sync files. Each asks the
// tracker; what is not of the folder goes straight to the kernel.
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/uio.h>
#include <unistd.h>

#include "torture/faults/shim/system_calls.h"
#include "torture/faults/shim/tracker.h"

#define HUBBUB_HOOK extern "C" __attribute__((visibility("default")))

namespace {

using hubbub::torture::TrackedFile;
using hubbub::torture::tracker;
namespace kernel = hubbub::torture::kernel;

bool has_mode(int flags) { return (flags & O_CREAT) != 0 || (flags & O_TMPFILE) == O_TMPFILE; }

ssize_t write_at(int fd, const void* bytes, std::size_t size, off_t at) {
  TrackedFile* file = at < 0 ? nullptr : tracker.file(fd);
  if (!file) return kernel::write(fd, bytes, size, at);
  const iovec part{const_cast<void*>(bytes), size};
  return file->write(fd, &part, 1, at);
}

// A place below 0 is an error to pwritev(), and would be the current position to the kernel's call.
ssize_t write_parts_at(int fd, const iovec* parts, int count, off_t at) {
  if (at < 0) {
    errno = EINVAL;
    return -1;
  }
  TrackedFile* file = tracker.file(fd);
  return file ? file->write(fd, parts, count, at) : kernel::write(fd, parts, count, at);
}

int truncate_to(int fd, off_t size) {
  TrackedFile* file = tracker.file(fd);
  return file ? file->truncate(fd, size) : kernel::truncate(fd, size);
}

int allocate(int fd, int mode, off_t at, off_t size) {
  TrackedFile* file = tracker.file(fd);
  return file ? file->allocate(fd, mode, at, size) : kernel::allocate(fd, mode, at, size);
}

}  // namespace

// The kernel looks at the mode only where it needs one.
#define HUBBUB_MODE(flags)            \
  mode_t mode = 0;                    \
  if (has_mode(flags)) {              \
    va_list arguments;                \
    va_start(arguments, flags);       \
    mode = va_arg(arguments, mode_t); \
    va_end(arguments);                \
  }

HUBBUB_HOOK int open(const char* path, int flags, ...) {
  HUBBUB_MODE(flags)
  return tracker.open(AT_FDCWD, path, flags, mode);
}
HUBBUB_HOOK int open64(const char* path, int flags, ...) {
  HUBBUB_MODE(flags)
  return tracker.open(AT_FDCWD, path, flags, mode);
}
HUBBUB_HOOK int openat(int directory, const char* path, int flags, ...) {
  HUBBUB_MODE(flags)
  return tracker.open(directory, path, flags, mode);
}
HUBBUB_HOOK int openat64(int directory, const char* path, int flags, ...) {
  HUBBUB_MODE(flags)
  return tracker.open(directory, path, flags, mode);
}
HUBBUB_HOOK int creat(const char* path, mode_t mode) {
  return tracker.open(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode);
}
HUBBUB_HOOK int creat64(const char* path, mode_t mode) { return ::creat(path, mode); }
HUBBUB_HOOK int close(int fd) { return tracker.close(fd); }
HUBBUB_HOOK int dup(int fd) noexcept { return tracker.dup(fd); }
HUBBUB_HOOK int dup2(int from, int to) noexcept {
  if (from == to) return ::fcntl(from, F_GETFD) < 0 ? -1 : to;
  return tracker.dup3(from, to, 0);
}
HUBBUB_HOOK int dup3(int from, int to, int flags) noexcept { return tracker.dup3(from, to, flags); }

HUBBUB_HOOK ssize_t write(int fd, const void* bytes, std::size_t size) {
  TrackedFile* file = tracker.file(fd);
  if (!file) return kernel::write(fd, bytes, size);
  const iovec part{const_cast<void*>(bytes), size};
  return file->write(fd, &part, 1, kernel::kAtPosition);
}
HUBBUB_HOOK ssize_t writev(int fd, const iovec* parts, int count) {
  TrackedFile* file = tracker.file(fd);
  return file ? file->write(fd, parts, count, kernel::kAtPosition)
              : kernel::write(fd, parts, count, kernel::kAtPosition);
}
HUBBUB_HOOK ssize_t pwrite(int fd, const void* bytes, std::size_t size, off_t at) {
  return write_at(fd, bytes, size, at);
}
HUBBUB_HOOK ssize_t pwrite64(int fd, const void* bytes, std::size_t size, off64_t at) {
  return write_at(fd, bytes, size, at);
}
HUBBUB_HOOK ssize_t pwritev(int fd, const iovec* parts, int count, off_t at) {
  return write_parts_at(fd, parts, count, at);
}
HUBBUB_HOOK ssize_t pwritev64(int fd, const iovec* parts, int count, off64_t at) {
  return write_parts_at(fd, parts, count, at);
}

HUBBUB_HOOK int ftruncate(int fd, off_t size) noexcept { return truncate_to(fd, size); }
HUBBUB_HOOK int ftruncate64(int fd, off64_t size) noexcept { return truncate_to(fd, size); }
HUBBUB_HOOK int fallocate(int fd, int mode, off_t at, off_t size) {
  return allocate(fd, mode, at, size);
}
HUBBUB_HOOK int fallocate64(int fd, int mode, off64_t at, off64_t size) {
  return allocate(fd, mode, at, size);
}
// These return the error itself.
HUBBUB_HOOK int posix_fallocate(int fd, off_t at, off_t size) {
  return allocate(fd, 0, at, size) == 0 ? 0 : errno;
}
HUBBUB_HOOK int posix_fallocate64(int fd, off64_t at, off64_t size) {
  return allocate(fd, 0, at, size) == 0 ? 0 : errno;
}

HUBBUB_HOOK int fsync(int fd) { return tracker.sync(fd, false); }
HUBBUB_HOOK int fdatasync(int fd) { return tracker.sync(fd, true); }

HUBBUB_HOOK int rename(const char* from, const char* to) noexcept {
  return tracker.rename(AT_FDCWD, from, AT_FDCWD, to);
}
HUBBUB_HOOK int renameat(int from_directory, const char* from, int to_directory,
                         const char* to) noexcept {
  return tracker.rename(from_directory, from, to_directory, to);
}
HUBBUB_HOOK int link(const char* from, const char* to) noexcept {
  return tracker.link(AT_FDCWD, from, AT_FDCWD, to, 0);
}
HUBBUB_HOOK int linkat(int from_directory, const char* from, int to_directory, const char* to,
                       int flags) noexcept {
  return tracker.link(from_directory, from, to_directory, to, flags);
}
