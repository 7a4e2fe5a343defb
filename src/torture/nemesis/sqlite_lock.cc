#include "torture/nemesis/sqlite_lock.h"

#include <fcntl.h>
#include <unistd.h>

#include <chrono>
#include <thread>

namespace hubbub::torture {
namespace {

// https://www.sqlite.org/walformat.html, "The WAL-Index File Format": WAL_WRITE_LOCK is byte 120 of
// the -shm file.
constexpr off_t kWriteLockByte = 120;
constexpr int kAttemptsMax = 500;

}  // namespace

SqliteLock::SqliteLock(const std::string& database)
    : file_(::open((database + "-shm").c_str(), O_RDWR | O_CLOEXEC)) {
  struct flock lock {};
  lock.l_type = F_WRLCK;
  lock.l_whence = SEEK_SET;
  lock.l_start = kWriteLockByte;
  lock.l_len = 1;
  for (int i = 0; file_ >= 0 && !is_held_ && i < kAttemptsMax; ++i) {
    is_held_ = ::fcntl(file_, F_SETLK, &lock) == 0;
    if (!is_held_) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
}

SqliteLock::~SqliteLock() {
  if (file_ >= 0) ::close(file_);
}

}  // namespace hubbub::torture
