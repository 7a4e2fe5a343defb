// What a power cut leaves of one file.
#pragma once

#include <cstdint>
#include <random>
#include <string>

namespace hubbub::torture {

struct LostBytes {
  // Blocks of 512 bytes that had changed since they were last durable.
  std::uint64_t blocks_lost = 0;
  std::uint64_t blocks_kept = 0;
  bool is_size_lost = false;
};

// Makes `file` and `durable` (shadow_files.h) the same: of each block that differs, one or the
// other. What is chosen of a file follows from `random`: nothing survives, or everything, or what
// was written first to last in the file up to some block, or each block by chance; a sector or a
// page at a time. Its size is one of the two, or between them.
//
// Not modelled: bytes that a block had in between, when it was written twice since the last sync;
// a block that is neither old nor new.
//
// REQUIRES: nobody has the files open. Errors: std::runtime_error.
LostBytes lose_unsynced(const std::string& file, const std::string& durable,
                        std::mt19937_64& random);

}  // namespace hubbub::torture
