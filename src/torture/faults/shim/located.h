// Where a path leads: canonical, so that one file has one name however it is called.
#pragma once

#include <limits.h>

namespace hubbub::torture {

struct Located {
  char path[PATH_MAX];
  bool is_there;  // otherwise: its directory is, so that it can be made
};

// Errors: false where it leads nowhere.
bool locate(int directory, const char* path, bool follows_link, Located& found);
// What an open descriptor is called.
bool locate(int fd, Located& found);

// The part below the folder; "" is the folder itself. nullptr: elsewhere.
const char* name_below(const char* folder, const char* path);

}  // namespace hubbub::torture
