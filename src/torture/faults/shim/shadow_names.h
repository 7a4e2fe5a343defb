// What becomes of a file's shadow (shadow_files.h) when its name changes.
//
// Under the lock of the tracker. A kill between two steps leaves a file without a shadow at worst,
// which then counts as durable: too kind, never too strict.
#pragma once

#include "torture/faults/control.h"

namespace hubbub::torture {

void forget_shadow(const FaultControl& control, const char* name);
// The new name counts as durable at once. REQUIRES: forget_shadow(to) came before.
void rename_shadow(const FaultControl& control, const char* from, const char* to);
// A second name of one file is a second name of one shadow. REQUIRES: as above.
void link_shadow(const FaultControl& control, const char* from, const char* to);

// The name is not on the disk before its directory is synced.
void note_new_name(const FaultControl& control, const char* name);
// `directory`: below the folder, "" is the folder itself.
void note_directory_synced(const FaultControl& control, const char* directory);

}  // namespace hubbub::torture
