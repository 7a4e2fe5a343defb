// Delay of syncs, for files and directories alike.
#pragma once

#include "torture/faults/control.h"

namespace hubbub::torture {

// Waits as long as the parent wants syncs to take, or until it changes its mind.
void wait_for_late_sync(FaultControl& control);

}  // namespace hubbub::torture
