// The path of one file of the shadows (shadow_files.h).
#pragma once

#include <limits.h>
#include <stdio.h>

#include "torture/faults/control.h"
#include "torture/faults/shadow_files.h"
#include "torture/faults/shim/shadow.h"
#include "torture/faults/shim/system_calls.h"

namespace hubbub::torture {

struct ShadowPath {
  ShadowPath(const FaultControl& control, const char* name, const char* ending) {
    char escaped[NAME_MAX];
    if (!escape(name, escaped, sizeof escaped)) give_up("a long name");
    const int size = ::snprintf(text, sizeof text, "%s/%s%s", control.shadows, escaped, ending);
    if (size < 0 || static_cast<std::size_t>(size) >= sizeof text) give_up("a long path");
  }
  [[nodiscard]] int open(int flags) const {
    return kernel::open(AT_FDCWD, text, flags | O_RDWR | O_CLOEXEC, 0600);
  }
  char text[PATH_MAX];
};

}  // namespace hubbub::torture
