#include "torture/faults/power_loss.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <vector>

#include "torture/faults/shadow_files.h"

namespace hubbub::torture {
namespace {

constexpr std::uint64_t kSectorBytes = 512;
// Compared at a time; a multiple of both units.
constexpr std::uint64_t kChunkBytes = 256 * kPageBytes;

using Random = std::mt19937_64;

std::uint64_t below(Random& random, std::uint64_t bound) {
  return std::uniform_int_distribution<std::uint64_t>(0, bound - 1)(random);
}

// One copy of the file, as zeros where it has ended.
class Copy {
 public:
  explicit Copy(const std::string& path)
      : path_(path), fd_(::open(path.c_str(), O_RDWR | O_CLOEXEC)) {
    if (fd_ < 0) fail();
  }
  ~Copy() { ::close(fd_); }
  Copy(const Copy&) = delete;
  Copy& operator=(const Copy&) = delete;

  [[nodiscard]] std::uint64_t size() const {
    struct stat status {};
    if (::fstat(fd_, &status) != 0) fail();
    return static_cast<std::uint64_t>(status.st_size);
  }
  void resize(std::uint64_t size) const {
    if (::ftruncate(fd_, static_cast<off_t>(size)) != 0) fail();
  }
  void read(std::vector<char>& bytes, std::uint64_t at) const {
    std::size_t have = 0;
    while (have < bytes.size()) {
      const auto got =
          ::pread(fd_, bytes.data() + have, bytes.size() - have, static_cast<off_t>(at + have));
      if (got < 0) fail();
      if (got == 0) break;
      have += static_cast<std::size_t>(got);
    }
    std::fill(bytes.begin() + static_cast<std::ptrdiff_t>(have), bytes.end(), '\0');
  }
  void write(const char* bytes, std::size_t size, std::uint64_t at) const {
    if (::pwrite(fd_, bytes, size, static_cast<off_t>(at)) != static_cast<ssize_t>(size)) fail();
  }

 private:
  [[noreturn]] void fail() const {
    throw std::runtime_error("power loss: " + path_ + ": " + std::strerror(errno));
  }
  const std::string path_;
  const int fd_;
};

// Which of the units that differ survive.
class Choice {
 public:
  explicit Choice(Random& random) : random_(random) {
    kind_ = static_cast<Kind>(below(random, 4));
    unit_ = below(random, 2) == 0 ? kSectorBytes : kPageBytes;
    chance_ = below(random, 1000);
    // Of what is written between two syncs of a small transaction, and of a large one.
    prefix_left_ = below(random, 1ULL << below(random, 12));
  }
  [[nodiscard]] std::uint64_t unit_bytes() const { return unit_; }
  bool survives() {
    switch (kind_) {
      case Kind::kNothing:
        return false;
      case Kind::kEverything:
        return true;
      case Kind::kPrefix:
        return prefix_left_ > 0 && prefix_left_-- > 0;
      case Kind::kByChance:
        break;
    }
    return below(random_, 1000) < chance_;
  }

 private:
  enum class Kind : std::uint8_t { kNothing, kEverything, kPrefix, kByChance };
  Random& random_;
  Kind kind_;
  std::uint64_t unit_;
  std::uint64_t chance_;  // in a thousand
  std::uint64_t prefix_left_;
};

// The metadata of a file reach the disk in steps, on their own.
std::uint64_t surviving_size(std::uint64_t written, std::uint64_t durable, Random& random) {
  if (written == durable) return written;
  switch (below(random, 3)) {
    case 0:
      return written;
    case 1:
      return durable;
    default:
      break;
  }
  const auto [least, most] = std::minmax(written, durable);
  return std::min(most, least + below(random, most - least + 1) / kSectorBytes * kSectorBytes);
}

}  // namespace

LostBytes lose_unsynced(const std::string& file_path, const std::string& durable_path,
                        Random& random) {
  const Copy file(file_path);
  const Copy durable(durable_path);
  LostBytes lost;
  const auto size = surviving_size(file.size(), durable.size(), random);
  lost.is_size_lost = size != file.size();
  Choice choice(random);
  const auto unit = choice.unit_bytes();
  std::vector<char> written(kChunkBytes);
  std::vector<char> synced(kChunkBytes);
  for (std::uint64_t begin = 0; begin < size; begin += kChunkBytes) {
    file.read(written, begin);
    durable.read(synced, begin);
    for (std::uint64_t at = 0; at < kChunkBytes && begin + at < size; at += unit) {
      const auto bytes = std::min(unit, size - begin - at);
      if (std::memcmp(&written[at], &synced[at], bytes) == 0) continue;
      const bool survives = choice.survives();
      (survives ? durable : file).write(survives ? &written[at] : &synced[at], bytes, begin + at);
      (survives ? lost.blocks_kept : lost.blocks_lost) += (bytes + kSectorBytes - 1) / kSectorBytes;
    }
  }
  file.resize(size);
  durable.resize(size);
  return lost;
}

}  // namespace hubbub::torture
