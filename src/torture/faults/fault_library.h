// The library of faults (shim/), inside the program: torture needs no file beside the binary.
#pragma once

#include <span>

namespace hubbub::torture {

// An ELF shared object for LD_PRELOAD. Lives as long as the process.
std::span<const char> fault_library();

}  // namespace hubbub::torture
