#include "torture/nemesis/small_disk.h"

#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/statvfs.h>
#include <unistd.h>

namespace hubbub::torture {

std::unique_ptr<SmallDisk> SmallDisk::mount(const std::string& folder, std::int64_t bytes) {
  const std::string size = "mode=0711,size=" + std::to_string(bytes);
  if (::unshare(CLONE_NEWNS) != 0 ||
      ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0 ||
      ::mount("tmpfs", folder.c_str(), "tmpfs", MS_NOSUID | MS_NODEV, size.c_str()) != 0) {
    return nullptr;
  }
  return std::unique_ptr<SmallDisk>(new SmallDisk(folder));
}

SmallDisk::SmallDisk(std::string folder)
    : folder_(std::move(folder)), ballast_(folder_ + "/ballast") {}

SmallDisk::~SmallDisk() { ::umount2(folder_.c_str(), MNT_DETACH); }

void SmallDisk::fill() {
  const int file = ::open(ballast_.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  if (file < 0) return;
  // Others write meanwhile: what is free may be less by the time it is asked for.
  struct statvfs disk {};
  for (std::int64_t end = 0; ::fstatvfs(file, &disk) == 0 && disk.f_bavail > 0;) {
    const auto free = static_cast<std::int64_t>(disk.f_bavail * disk.f_frsize);
    const auto piece = std::max<std::int64_t>(free / 2, static_cast<std::int64_t>(disk.f_frsize));
    if (::posix_fallocate(file, end, piece) != 0) break;
    end += piece;
  }
  ::close(file);
}

void SmallDisk::free_again() { ::unlink(ballast_.c_str()); }

}  // namespace hubbub::torture
