#include "torture/faults/disk.h"

#include <fcntl.h>
#include <linux/futex.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <climits>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <random>
#include <stdexcept>

#include "torture/faults/control.h"
#include "torture/faults/fault_library.h"
#include "torture/faults/power_loss.h"
#include "torture/faults/shadow_files.h"

namespace hubbub::torture {
namespace {

namespace fs = std::filesystem;

constexpr const char* kLibraryName = "/libhubbub_faults.so";
constexpr const char* kControlName = "/faults";

void write_library(const std::string& path) {
  const auto bytes = fault_library();
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  file.close();
  if (!file) throw std::runtime_error("cannot write " + path);
}

void set_path(char (&field)[FaultControl::kPathBytesMax], const std::string& path) {
  if (path.size() >= sizeof field) throw std::runtime_error("too long a path: " + path);
  std::memcpy(field, path.c_str(), path.size() + 1);
}

FaultControl* map_control(const std::string& path) {
  const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  const bool is_ok = fd >= 0 && ::ftruncate(fd, sizeof(FaultControl)) == 0;
  void* mapped =
      is_ok ? ::mmap(nullptr, sizeof(FaultControl), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0)
            : MAP_FAILED;
  if (fd >= 0) ::close(fd);
  if (mapped == MAP_FAILED) throw std::runtime_error("cannot make " + path);
  return new (mapped) FaultControl();
}

// In an order that does not depend on the file system, so that a seed says what is lost.
std::vector<std::string> files_below(const std::string& folder) {
  std::vector<std::string> names;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file() && !entry.is_symlink()) {
      names.push_back(fs::path(entry.path()).lexically_relative(folder).string());
    }
  }
  std::ranges::sort(names);
  return names;
}

}  // namespace

std::string to_string(const Discarded& discarded) {
  std::string text = std::to_string(discarded.blocks_lost) + " blocks of " +
                     std::to_string(discarded.files) + " files lost, " +
                     std::to_string(discarded.blocks_kept) + " kept";
  if (discarded.files_gone > 0) {
    text += ", " + std::to_string(discarded.files_gone) + " files gone";
  }
  return text;
}

Disk::Disk(const std::string& folder, const std::string& scratch) {
  fs::create_directories(folder);
  fs::create_directories(scratch);
  folder_ = fs::canonical(folder).string();
  scratch_ = fs::canonical(scratch).string();
  shadows_ = scratch_ + "/shadows";
  adopt();
  write_library(scratch_ + kLibraryName);
  control_ = map_control(scratch_ + kControlName);
  set_path(control_->folder, folder_);
  set_path(control_->shadows, shadows_);
}

Disk::~Disk() { ::munmap(control_, sizeof(FaultControl)); }

std::vector<std::pair<std::string, std::string>> Disk::environment() const {
  return {{"LD_PRELOAD", scratch_ + kLibraryName},
          {FaultControl::kVariable, scratch_ + kControlName}};
}

void Disk::fail_syncs(bool is_on) { control_->fail_syncs = is_on ? 1 : 0; }

void Disk::delay_syncs(std::chrono::milliseconds delay) {
  control_->delay_syncs = static_cast<std::uint32_t>(delay.count());
  ::syscall(SYS_futex, &control_->delay_syncs, FUTEX_WAKE, INT_MAX, nullptr, nullptr, 0);
}

void Disk::fill(bool is_on, std::uint64_t bytes_left) {
  control_->bytes_left = bytes_left;
  control_->is_full = is_on ? 1 : 0;
}

void Disk::heal() {
  fail_syncs(false);
  delay_syncs({});
  fill(false);
}

Discarded Disk::lose_power(std::uint64_t seed) {
  std::mt19937_64 random(seed);
  Discarded discarded;
  for (const auto& name : files_below(folder_)) {
    const auto path = folder_ + "/" + name;
    const bool is_gone = fs::remove(shadow_of(name, kNew)) && random() % 2 == 0;
    if (is_gone) {
      fs::remove(path);
      ++discarded.files_gone;
      ++discarded.files;
      continue;
    }
    const auto durable = shadow_of(name, kDurable);
    if (!fs::exists(durable)) continue;
    const auto lost = lose_unsynced(path, durable, random);
    discarded.blocks_lost += lost.blocks_lost;
    discarded.blocks_kept += lost.blocks_kept;
    if (lost.blocks_lost > 0 || lost.is_size_lost) ++discarded.files;
  }
  remove_orphans();
  failed_before_power_loss_ = control_->syncs_failed;
  return discarded;
}

// Shadows whose file is gone.
void Disk::remove_orphans() const {
  std::vector<std::string> known;
  for (const auto& name : files_below(folder_)) known.push_back(shadow_of(name, kDurable));
  std::ranges::sort(known);
  std::vector<fs::path> orphans;
  for (const auto& entry : fs::directory_iterator(shadows_)) {
    if (!std::ranges::binary_search(known, entry.path().string())) orphans.push_back(entry.path());
  }
  for (const auto& orphan : orphans) fs::remove(orphan);
}

bool Disk::has_stale_cache() const { return control_->syncs_failed > failed_before_power_loss_; }

void Disk::adopt() {
  fs::remove_all(shadows_);
  fs::create_directories(shadows_);
  if (control_) failed_before_power_loss_ = control_->syncs_failed;
}

DiskCounts Disk::counts() const {
  return {control_->writes, control_->writes_refused, control_->writes_cut_short,
          control_->syncs,  control_->syncs_failed,   control_->syncs_delayed};
}

std::string Disk::shadow_of(const std::string& name, std::string_view ending) const {
  char escaped[NAME_MAX];
  if (!escape(name.c_str(), escaped, sizeof escaped)) {
    throw std::runtime_error("too long a name: " + name);
  }
  return shadows_ + "/" + escaped + std::string(ending);
}

}  // namespace hubbub::torture
