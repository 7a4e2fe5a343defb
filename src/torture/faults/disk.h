// The disk of the process that torture breaks: makes its syncs fail or come late, makes it full,
// and takes the power away.
//
// How: a library (shim/) is preloaded into the process and sees what the process does with the
// files of one folder. Beside letting calls fail it keeps, in a folder of its own, what of each
// file is durable (shadow_files.h). After the process was killed all that it wrote is still in the
// page cache; lose_power() then puts each file back to what a power cut may leave:
//  - all that was written before a successful fsync() or fdatasync() of that file began;
//  - of what was written since, any part: none, all, some sectors, some pages (power_loss.h);
//  - what a failed sync dropped counts as not written to the disk, until it is written again;
//  - a file that was made may be gone until its directory is synced (fsync() of the file alone is
//    not taken for that).
// Removing and renaming are taken as durable at once. Files that were there before the process
// first opened them are durable as they are.
//
// Thread: one, the owner's. The folder may be started on, killed and robbed of power many times.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace hubbub::torture {

struct FaultControl;

// What happened since the disk was made.
struct DiskCounts {
  std::uint64_t writes = 0;
  std::uint64_t writes_refused = 0;    // ENOSPC; also of files that were to be made or to grow
  std::uint64_t writes_cut_short = 0;  // wrote fewer bytes than asked
  std::uint64_t syncs = 0;
  std::uint64_t syncs_failed = 0;
  std::uint64_t syncs_delayed = 0;
};

// What one power cut took.
struct Discarded {
  std::uint64_t files = 0;        // that lost something
  std::uint64_t files_gone = 0;   // lost altogether: their directory was not synced
  std::uint64_t blocks_lost = 0;  // of 512 bytes, not durable, gone
  std::uint64_t blocks_kept = 0;  // not durable either, there all the same
};
// "12 blocks of 2 files lost, 7 kept"
std::string to_string(const Discarded& discarded);

class Disk {
 public:
  // `folder`: what the faults act on; made if it is not there. `scratch`: a folder outside of it,
  // for the control file, the library and the shadows; what an earlier Disk left there is removed.
  // Errors: std::runtime_error.
  Disk(const std::string& folder, const std::string& scratch);
  ~Disk();
  Disk(const Disk&) = delete;
  Disk& operator=(const Disk&) = delete;

  // What the process is to be started with.
  [[nodiscard]] std::vector<std::pair<std::string, std::string>> environment() const;

  // Each acts at once, and until it is taken back.
  void fail_syncs(bool is_on);
  // 0: not. Syncs that wait go on at once when this changes.
  void delay_syncs(std::chrono::milliseconds delay);
  // No file is made or grows from now on, and nothing is written beyond so many bytes: the write
  // that finds them is cut short, what follows is refused.
  void fill(bool is_on, std::uint64_t bytes_left = 0);
  void heal();

  // REQUIRES: the process is dead. The same seed and the same bytes lose the same.
  // Errors: std::runtime_error.
  Discarded lose_power(std::uint64_t seed);

  // Whether a sync has failed since the power was last lost. The page cache then shows bytes that
  // no sync will ever bring to the disk. A database that runs on keeps clear of them; one that is
  // killed, and reads them anew from the page cache, trusts them. No database survives that, nor
  // claims to; so such a kill is to be followed by lose_power().
  [[nodiscard]] bool has_stale_cache() const;

  // All that is in the folder is durable from here on: somebody else than the process changed it.
  // REQUIRES: the process is dead.
  void adopt();

  [[nodiscard]] DiskCounts counts() const;

 private:
  [[nodiscard]] std::string shadow_of(const std::string& name, std::string_view ending) const;
  void remove_orphans() const;

  std::string folder_;
  std::string scratch_;
  std::string shadows_;
  FaultControl* control_ = nullptr;  // mapped, shared with the process
  std::uint64_t failed_before_power_loss_ = 0;
};

}  // namespace hubbub::torture
