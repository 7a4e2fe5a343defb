// A disk that can be filled: a small tmpfs, mounted where only this process and its children see
// it, and gone with them.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

namespace hubbub::torture {

class SmallDisk {
 public:
  // Nothing where the system does not allow it (it takes CAP_SYS_ADMIN). `folder` is empty and
  // becomes the disk's. REQUIRES: called by the thread that starts the processes that are to see
  // it.
  static std::unique_ptr<SmallDisk> mount(const std::string& folder, std::int64_t bytes);

  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;
  // Unmounts it. REQUIRES: nobody has a file open on it any more.
  ~SmallDisk();

  // Until free_again() nothing more fits.
  void fill();
  void free_again();

 private:
  explicit SmallDisk(std::string folder);

  const std::string folder_;
  const std::string ballast_;
};

}  // namespace hubbub::torture
