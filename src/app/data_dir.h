// The data directory: made when missing, and this process's alone while it runs.
#pragma once

#include <string>
#include <utility>

#include "base/error.h"

namespace hubbub {

// Owns the lock (flock on <path>/lock), which ends with the process at the latest.
class DataDir {
 public:
  // Makes it with mode 0700. Errors: kUnavailable with a sentence for the operator, also when
  // another server holds it.
  static Result<DataDir> open(const std::string& path);
  DataDir(DataDir&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  DataDir& operator=(DataDir&&) = delete;
  ~DataDir();

 private:
  explicit DataDir(int descriptor) : descriptor_(descriptor) {}
  int descriptor_;
};

}  // namespace hubbub
