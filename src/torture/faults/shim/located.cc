#include "torture/faults/shim/located.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "torture/faults/shim/system_calls.h"

namespace hubbub::torture {

// O_PATH: neither opens the file nor, when closed, drops the locks on it.
bool locate(int directory, const char* path, bool follows_link, Located& found) {
  int fd = kernel::open(directory, path, O_PATH | O_CLOEXEC | (follows_link ? 0 : O_NOFOLLOW));
  found.is_there = fd >= 0;
  if (found.is_there) {
    const bool is_ok = locate(fd, found);
    kernel::close(fd);
    return is_ok;
  }
  const std::size_t size = ::strlen(path);
  char parent[PATH_MAX];
  if (errno != ENOENT || size == 0 || size >= sizeof parent) return false;
  ::memcpy(parent, path, size + 1);
  char* slash = ::strrchr(parent, '/');
  const char* base = slash ? path + (slash - parent) + 1 : path;
  if (slash) slash[slash == parent ? 1 : 0] = '\0';
  fd = kernel::open(directory, slash ? parent : ".", O_PATH | O_CLOEXEC | O_DIRECTORY);
  if (fd < 0) return false;
  const bool is_ok = locate(fd, found);
  kernel::close(fd);
  found.is_there = false;
  const std::size_t used = ::strlen(found.path);
  const std::size_t added = ::strlen(base) + 1;
  if (!is_ok || used + 1 + added > sizeof found.path) return false;
  found.path[used] = '/';
  ::memcpy(found.path + used + 1, base, added);
  return true;
}

bool locate(int fd, Located& found) {
  char link[32];
  ::snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  const ssize_t size = ::readlink(link, found.path, sizeof found.path - 1);
  if (size <= 0) return false;
  found.path[size] = '\0';
  found.is_there = true;
  return true;
}

const char* name_below(const char* folder, const char* path) {
  const std::size_t size = ::strlen(folder);
  if (::strncmp(path, folder, size) != 0) return nullptr;
  if (path[size] == '\0') return path + size;
  return path[size] == '/' ? path + size + 1 : nullptr;
}

}  // namespace hubbub::torture
