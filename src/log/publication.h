// Turns what was committed into what every reactor gets: each entry encoded once per form.
#pragma once

#include "state/bus.h"
#include "store/store.h"

namespace hubbub {

// Null when nobody has anything to learn: all refused, or stored before. Thread: the log writer's.
Shared<Publication> make_publication(const CommitOutcome& outcome);

}  // namespace hubbub
