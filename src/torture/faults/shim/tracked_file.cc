#include "torture/faults/shim/tracked_file.h"

#include <errno.h>
#include <string.h>

#include "torture/faults/shim/late_sync.h"
#include "torture/faults/shim/scoped_lock.h"
#include "torture/faults/shim/system_calls.h"

namespace hubbub::torture {
namespace {

// A disk writes whole ones; so what a full disk cuts short ends with one.
constexpr std::size_t kSectorBytes = 512;

std::size_t bytes_of(const iovec* parts, int count) {
  std::size_t bytes = 0;
  for (int i = 0; i < count; ++i) bytes += parts[i].iov_len;
  return bytes;
}

// Where write() without a place will write.
std::uint64_t position_of(int fd) {
  const int flags = ::fcntl(fd, F_GETFL);
  if (flags >= 0 && (flags & O_APPEND) != 0) return size_of(fd);
  const off_t at = ::lseek(fd, 0, SEEK_CUR);
  return at < 0 ? 0 : static_cast<std::uint64_t>(at);
}

bool fits(std::uint64_t begin, std::uint64_t bytes) {
  return begin <= kTrackedBytesMax && bytes <= kTrackedBytesMax - begin;
}

}  // namespace

void TrackedFile::attach(FaultControl& control, const char* name, int fd, bool is_new) {
  control_ = &control;
  call(name);
  shadow_.attach(control, name, fd, is_new);
  descriptors_ = 1;
}

void TrackedFile::release() {
  if (--descriptors_ > 0) return;
  shadow_.detach();
  call("");
}

bool TrackedFile::is_called(const char* name) const {
  return is_attached() && ::strcmp(name_, name) == 0;
}

void TrackedFile::call(const char* name) {
  const std::size_t size = ::strlen(name);
  if (size >= sizeof name_) give_up("a long name");
  ::memcpy(name_, name, size + 1);
}

int TrackedFile::refuse(int error) {
  if (error == ENOSPC) control_->writes_refused.fetch_add(1);
  errno = error;
  return -1;
}

std::size_t TrackedFile::room_for(std::size_t bytes) {
  if (!is_full()) return bytes;
  std::uint64_t left = control_->bytes_left;
  std::size_t taken = 0;
  do {
    taken = left < bytes ? left / kSectorBytes * kSectorBytes : bytes;
  } while (!control_->bytes_left.compare_exchange_weak(left, left - taken));
  return taken;
}

ssize_t TrackedFile::write(int fd, const iovec* parts, int count, off_t place) {
  const ScopedLock lock(lock_);
  const auto bytes = bytes_of(parts, count);
  if (bytes == 0) return 0;
  const auto begin = place < 0 ? position_of(fd) : static_cast<std::uint64_t>(place);
  if (!fits(begin, bytes)) return refuse(EFBIG);
  const auto room = room_for(bytes);
  const iovec cut{parts[0].iov_base, room < parts[0].iov_len ? room : parts[0].iov_len};
  if (room < bytes) {
    if (cut.iov_len == 0) return refuse(ENOSPC);
    control_->writes_cut_short.fetch_add(1);
    parts = &cut;
    count = 1;
  }
  control_->writes.fetch_add(1);
  shadow_.mark(begin, begin + bytes_of(parts, count));
  return kernel::write(fd, parts, count, place);
}

// What is cut off, or comes as zeros, changes with the next sync too.
int TrackedFile::truncate(int fd, off_t size) {
  const ScopedLock lock(lock_);
  if (size >= 0) {
    const auto before = size_of(fd);
    const auto after = static_cast<std::uint64_t>(size);
    if (!fits(after, 0)) return refuse(EFBIG);
    if (is_full() && after > before) return refuse(ENOSPC);
    shadow_.mark(before < after ? before : after, before < after ? after : before);
  }
  return kernel::truncate(fd, size);
}

int TrackedFile::allocate(int fd, int mode, off_t at, off_t size) {
  const ScopedLock lock(lock_);
  if (at >= 0 && size > 0) {
    const auto begin = static_cast<std::uint64_t>(at);
    const auto bytes = static_cast<std::uint64_t>(size);
    if (!fits(begin, bytes)) return refuse(EFBIG);
    if (is_full()) return refuse(ENOSPC);
    shadow_.mark(begin, begin + bytes);
  }
  return kernel::allocate(fd, mode, at, size);
}

int TrackedFile::sync(int fd, bool is_only_data) {
  const ScopedLock lock(lock_);
  control_->syncs.fetch_add(1);
  wait_for_late_sync(*control_);
  const bool is_failing = control_->fail_syncs.load() != 0;
  if (is_failing || (is_only_data ? kernel::sync_data(fd) : kernel::sync(fd)) != 0) {
    if (is_failing) errno = EIO;
    control_->syncs_failed.fetch_add(1);
    // As Linux does: the pages count as clean, and the next sync succeeds without them.
    // https://lwn.net/Articles/752063/
    shadow_.drop();
    return -1;
  }
  shadow_.take(fd);
  return 0;
}

}  // namespace hubbub::torture
