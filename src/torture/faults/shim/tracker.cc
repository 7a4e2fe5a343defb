#include "torture/faults/shim/tracker.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include <atomic>

#include "torture/faults/shim/late_sync.h"
#include "torture/faults/shim/located.h"
#include "torture/faults/shim/scoped_lock.h"
#include "torture/faults/shim/shadow_names.h"
#include "torture/faults/shim/system_calls.h"

namespace hubbub::torture {
namespace {

pthread_once_t connected = PTHREAD_ONCE_INIT;
FaultControl* connection = nullptr;

void connect() {
  const char* path = ::getenv(FaultControl::kVariable);
  if (!path) return;
  const int fd = kernel::open(AT_FDCWD, path, O_RDWR | O_CLOEXEC);
  if (fd < 0) give_up("the control file cannot be opened");
  void* mapped = ::mmap(nullptr, sizeof(FaultControl), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  if (mapped == MAP_FAILED) give_up("the control file cannot be mapped");
  kernel::close(fd);
  connection = static_cast<FaultControl*>(mapped);
}

// The table of descriptors: what each is. Apart from the tracker, whose locks are no zeros: so it
// takes no room in the library's file.
// The size is Linux's own bound (/proc/sys/fs/nr_open) by default.
constexpr std::size_t kDescriptorsMax = 1 << 20;
std::atomic<std::uint8_t> entries[kDescriptorsMax];
// Values; others are the place of the file and 1.
constexpr std::uint8_t kElsewhere = 0;
constexpr std::uint8_t kDirectory = 255;

std::uint8_t entry(int fd) {
  const auto place = static_cast<std::size_t>(fd);
  return place < kDescriptorsMax ? entries[place].load(std::memory_order_acquire) : kElsewhere;
}

void set_entry(int fd, std::uint8_t value) {
  const auto place = static_cast<std::size_t>(fd);
  if (place < kDescriptorsMax) entries[place].store(value, std::memory_order_release);
}

// Below the folder and not the folder itself.
const char* name_of(const FaultControl& control, const Located& found) {
  const char* name = name_below(control.folder, found.path);
  return name && *name != '\0' ? name : nullptr;
}

}  // namespace

constinit Tracker tracker;

FaultControl* Tracker::control() {
  ::pthread_once(&connected, connect);
  return connection;
}

TrackedFile* Tracker::file(int fd) {
  const auto value = entry(fd);
  return value == kElsewhere || value == kDirectory ? nullptr : &files_[value - 1U];
}

TrackedFile* Tracker::find(const char* name) {
  for (TrackedFile& file : files_) {
    if (file.is_called(name)) return &file;
  }
  return nullptr;
}

int Tracker::open(int directory, const char* path, int flags, mode_t mode) {
  Located found{};
  if (!control() || (flags & O_PATH) != 0 ||
      !locate(directory, path, (flags & O_NOFOLLOW) == 0, found)) {
    return kernel::open(directory, path, flags, mode);
  }
  const char* name = name_below(connection->folder, found.path);
  if (!name || (!found.is_there && (flags & O_CREAT) == 0)) {
    return kernel::open(directory, path, flags, mode);
  }
  const ScopedLock lock(lock_);
  return open_below(name, !found.is_there, directory, path, flags, mode);
}

int Tracker::open_below(const char* name, bool is_new, int directory, const char* path, int flags,
                        mode_t mode) {
  if (is_new && connection->is_full != 0) {
    connection->writes_refused.fetch_add(1);
    errno = ENOSPC;
    return -1;
  }
  // A sync reads what it takes to the shadow. Truncating is left to the file, which notes it.
  const int access = flags & O_ACCMODE;
  const bool truncates = (flags & O_TRUNC) != 0 && access != O_RDONLY;
  if (access == O_WRONLY) flags = (flags & ~O_ACCMODE) | O_RDWR;
  if (truncates) flags &= ~O_TRUNC;
  const int fd = kernel::open(directory, path, flags, mode);
  struct stat status {};
  if (fd < 0 || ::fstat(fd, &status) != 0) return fd;
  if (S_ISDIR(status.st_mode)) set_entry(fd, kDirectory);
  if (!S_ISREG(status.st_mode)) return fd;
  if (!track(fd, name, is_new)) {
    kernel::close(fd);
    errno = ENFILE;
    return -1;
  }
  if (truncates && status.st_size > 0) (void)file(fd)->truncate(fd, 0);
  return fd;
}

bool Tracker::track(int fd, const char* name, bool is_new) {
  if (static_cast<std::size_t>(fd) >= kDescriptorsMax) return false;
  if (is_new) forget(name);
  TrackedFile* known = find(name);
  if (known) {
    known->retain();
  } else {
    for (TrackedFile& file : files_) {
      if (!known && !file.is_attached()) known = &file;
    }
    if (!known) return false;
    known->attach(*connection, name, fd, is_new);
    if (is_new) note_new_name(*connection, name);
  }
  set_entry(fd, static_cast<std::uint8_t>(known - files_.data() + 1));
  return true;
}

int Tracker::close(int fd) {
  if (entry(fd) != kElsewhere) {
    const ScopedLock lock(lock_);
    if (TrackedFile* known = file(fd)) known->release();
    set_entry(fd, kElsewhere);
  }
  return kernel::close(fd);
}

int Tracker::dup(int fd) {
  if (entry(fd) == kElsewhere) return kernel::dup(fd);
  const ScopedLock lock(lock_);
  const int copy = kernel::dup(fd);
  if (copy < 0) return copy;
  if (TrackedFile* known = file(fd)) known->retain();
  set_entry(copy, entry(fd));
  return copy;
}

int Tracker::dup3(int from, int to, int flags) {
  if (entry(from) == kElsewhere && entry(to) == kElsewhere) return kernel::dup3(from, to, flags);
  const ScopedLock lock(lock_);
  if (kernel::dup3(from, to, flags) < 0) return -1;
  if (TrackedFile* known = file(from)) known->retain();
  if (TrackedFile* replaced = file(to)) replaced->release();
  set_entry(to, entry(from));
  return to;
}

int Tracker::sync(int fd, bool is_only_data) {
  if (TrackedFile* known = file(fd)) return known->sync(fd, is_only_data);
  if (entry(fd) == kDirectory) return sync_directory(fd);
  return is_only_data ? kernel::sync_data(fd) : kernel::sync(fd);
}

int Tracker::sync_directory(int fd) {
  connection->syncs.fetch_add(1);
  wait_for_late_sync(*connection);
  if (connection->fail_syncs != 0) {
    connection->syncs_failed.fetch_add(1);
    errno = EIO;
    return -1;
  }
  const ScopedLock lock(lock_);
  if (kernel::sync(fd) != 0) return -1;
  Located found{};
  const char* name = locate(fd, found) ? name_below(connection->folder, found.path) : nullptr;
  if (name) note_directory_synced(*connection, name);
  return 0;
}

void Tracker::forget(const char* name) {
  if (TrackedFile* known = find(name)) known->call("");
  forget_shadow(*connection, name);
}

int Tracker::rename(int from_directory, const char* from, int to_directory, const char* to) {
  Located old{};
  Located made{};
  const bool is_known = control() && locate(from_directory, from, false, old) && old.is_there &&
                        locate(to_directory, to, false, made);
  const char* old_name = is_known ? name_of(*connection, old) : nullptr;
  const char* new_name = is_known ? name_of(*connection, made) : nullptr;
  if (!old_name && !new_name) return kernel::rename(from_directory, from, to_directory, to);
  const ScopedLock lock(lock_);
  if (new_name) forget(new_name);
  const int result = kernel::rename(from_directory, from, to_directory, to);
  if (result != 0 || !old_name) return result;
  if (!new_name) {
    forget(old_name);
    return result;
  }
  if (TrackedFile* known = find(old_name)) known->call(new_name);
  rename_shadow(*connection, old_name, new_name);
  return result;
}

int Tracker::link(int from_directory, const char* from, int to_directory, const char* to,
                  int flags) {
  Located old{};
  Located made{};
  const bool is_known = control() && locate(from_directory, from, false, old) && old.is_there &&
                        locate(to_directory, to, false, made) && !made.is_there;
  const char* old_name = is_known ? name_of(*connection, old) : nullptr;
  const char* new_name = is_known ? name_of(*connection, made) : nullptr;
  if (!new_name) return kernel::link(from_directory, from, to_directory, to, flags);
  const ScopedLock lock(lock_);
  const int result = kernel::link(from_directory, from, to_directory, to, flags);
  if (result != 0) return result;
  forget(new_name);
  if (old_name) link_shadow(*connection, old_name, new_name);
  note_new_name(*connection, new_name);
  return result;
}

}  // namespace hubbub::torture
