// The calls of the kernel under the functions of libc that the library takes the place of. Not
// dlsym(): these work before any constructor ran, and cannot lead back into the library.
//
// Errors: as in libc, -1 and errno.
#pragma once

#include <fcntl.h>
#include <linux/futex.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#include <cstdint>

namespace hubbub::torture::kernel {

inline int open(int directory, const char* path, int flags, mode_t mode = 0) {
  return static_cast<int>(::syscall(SYS_openat, directory, path, flags, mode));
}
inline int close(int fd) { return static_cast<int>(::syscall(SYS_close, fd)); }
inline int dup(int fd) { return static_cast<int>(::syscall(SYS_dup, fd)); }
inline int dup3(int from, int to, int flags) {
  return static_cast<int>(::syscall(SYS_dup3, from, to, flags));
}

inline ssize_t read(int fd, void* bytes, std::size_t size, off_t at) {
  return ::syscall(SYS_pread64, fd, bytes, size, at);
}
inline ssize_t write(int fd, const void* bytes, std::size_t size) {
  return ::syscall(SYS_write, fd, bytes, size);
}
// REQUIRES: a place; -1 is refused by the kernel.
inline ssize_t write(int fd, const void* bytes, std::size_t size, off_t at) {
  return ::syscall(SYS_pwrite64, fd, bytes, size, at);
}
// As pwritev(); kAtPosition: as writev().
inline constexpr off_t kAtPosition = -1;
inline ssize_t write(int fd, const iovec* parts, int count, off_t at) {
  return ::syscall(SYS_pwritev2, fd, parts, count, at, at < 0 ? -1L : 0L, 0);
}

inline int truncate(int fd, off_t size) {
  return static_cast<int>(::syscall(SYS_ftruncate, fd, size));
}
inline int allocate(int fd, int mode, off_t at, off_t size) {
  return static_cast<int>(::syscall(SYS_fallocate, fd, mode, at, size));
}
inline int sync(int fd) { return static_cast<int>(::syscall(SYS_fsync, fd)); }
inline int sync_data(int fd) { return static_cast<int>(::syscall(SYS_fdatasync, fd)); }

inline int unlink(int directory, const char* path) {
  return static_cast<int>(::syscall(SYS_unlinkat, directory, path, 0));
}
inline int rename(int from_directory, const char* from, int to_directory, const char* to) {
  return static_cast<int>(::syscall(SYS_renameat2, from_directory, from, to_directory, to, 0));
}
inline int link(int from_directory, const char* from, int to_directory, const char* to, int flags) {
  return static_cast<int>(::syscall(SYS_linkat, from_directory, from, to_directory, to, flags));
}

// Waits until the word is no longer `value`, or for that long.
inline void wait_while(const void* word, std::uint32_t value, const timespec& longest) {
  ::syscall(SYS_futex, word, FUTEX_WAIT, value, &longest, nullptr, 0);
}

}  // namespace hubbub::torture::kernel
