// Writes down a run that was found wrong, so that a person can look.
#pragma once

#include <string>

#include "torture/check/verdict.h"
#include "torture/history/history.h"

namespace hubbub::torture {

// Fills `folder`, which is made if need be: findings.txt and complaints.tsv, who is who (cast.tsv),
// and for each writer what was sent and what was acknowledged, for each reader what was shown, for
// each log what it holds. A .tsv file has a line each, its cells separated by tabs; the first line
// names them. A message of the run stands as writer and number, "7-1042"; its text follows from
// that (history/message_text.h). Errors: std::runtime_error with a sentence.
void dump(const History& history, const Stored& stored, const Verdict& verdict,
          const std::string& folder);

}  // namespace hubbub::torture
