#include "torture/faults/shim/shadow_names.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>

#include "torture/faults/shim/shadow.h"
#include "torture/faults/shim/shadow_path.h"
#include "torture/faults/shim/system_calls.h"

namespace hubbub::torture {
namespace {

bool ends_with(const char* text, const char* ending) {
  const std::size_t size = ::strlen(text);
  const std::size_t ending_size = ::strlen(ending);
  return size >= ending_size && ::strcmp(text + size - ending_size, ending) == 0;
}

}  // namespace

void forget_shadow(const FaultControl& control, const char* name) {
  for (const char* ending : {kDurable, kDirty, kNew}) {
    kernel::unlink(AT_FDCWD, ShadowPath(control, name, ending).text);
  }
}

void rename_shadow(const FaultControl& control, const char* from, const char* to) {
  kernel::unlink(AT_FDCWD, ShadowPath(control, from, kNew).text);
  for (const char* ending : {kDurable, kDirty}) {
    kernel::rename(AT_FDCWD, ShadowPath(control, from, ending).text, AT_FDCWD,
                   ShadowPath(control, to, ending).text);
  }
}

void link_shadow(const FaultControl& control, const char* from, const char* to) {
  for (const char* ending : {kDurable, kDirty}) {
    kernel::link(AT_FDCWD, ShadowPath(control, from, ending).text, AT_FDCWD,
                 ShadowPath(control, to, ending).text, 0);
  }
}

void note_new_name(const FaultControl& control, const char* name) {
  const int fd = ShadowPath(control, name, kNew).open(O_CREAT);
  if (fd < 0) give_up("a new name cannot be noted");
  kernel::close(fd);
}

void note_directory_synced(const FaultControl& control, const char* directory) {
  char inside[FaultControl::kPathBytesMax];
  const bool is_folder = *directory == '\0';
  const int length = ::snprintf(inside, sizeof inside, "%s%s", directory, is_folder ? "" : "/");
  char prefix[FaultControl::kPathBytesMax];
  if (length < 0 || static_cast<std::size_t>(length) >= sizeof inside ||
      !escape(inside, prefix, sizeof prefix)) {
    give_up("a long name");
  }
  DIR* shadows = ::opendir(control.shadows);
  if (!shadows) give_up("the shadows cannot be listed");
  while (const dirent* entry = ::readdir(shadows)) {
    const char* name = entry->d_name;
    const std::size_t size = ::strlen(prefix);
    const bool is_in_it = ::strncmp(name, prefix, size) == 0 && !::strstr(name + size, kSlash);
    if (is_in_it && ends_with(name, kNew)) kernel::unlink(::dirfd(shadows), name);
  }
  ::closedir(shadows);
}

}  // namespace hubbub::torture
