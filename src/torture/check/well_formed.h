// Whether a history makes sense in itself, before anything is judged by it: what is wrong here is
// wrong in the tool that took the notes.
#pragma once

#include "torture/check/verdict.h"
#include "torture/history/history.h"

namespace hubbub::torture {

// Adds a finding (kMalformed) for each fault, and tells whether there was one. Without one every
// index in the history is in its range, the messages of a writer are numbered 1, 2, 3 …, and every
// reader of hubbub.v1 follows each log that is theirs, once.
bool find_malformed(const History& history, Findings& findings);

}  // namespace hubbub::torture
