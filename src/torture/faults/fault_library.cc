#include "torture/faults/fault_library.h"

// fault_library.S
extern "C" const char hubbub_fault_library[];
extern "C" const char hubbub_fault_library_end[];

namespace hubbub::torture {

std::span<const char> fault_library() { return {hubbub_fault_library, hubbub_fault_library_end}; }

}  // namespace hubbub::torture
