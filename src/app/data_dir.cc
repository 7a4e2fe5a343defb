#include "app/data_dir.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

namespace hubbub {

Result<DataDir> DataDir::open(const std::string& path) {
  std::error_code error;
  const bool is_new = std::filesystem::create_directories(path, error);
  if (error) {
    return Error{Code::kUnavailable,
                 "The data directory " + path + " cannot be made: " + error.message()};
  }
  if (is_new) ::chmod(path.c_str(), 0700);
  const auto lock_path = path + "/lock";
  const int descriptor = ::open(lock_path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor < 0) {
    return Error{Code::kUnavailable,
                 "The data directory " + path + " cannot be written: " + std::strerror(errno)};
  }
  if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
    ::close(descriptor);
    return Error{Code::kUnavailable, "Another Hubbub runs on the data directory " + path +
                                         "; stop it, or set HUBBUB_DATA_DIR."};
  }
  return DataDir(descriptor);
}

DataDir::~DataDir() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace hubbub
