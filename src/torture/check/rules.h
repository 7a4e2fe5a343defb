// The rules that checker.h lists, one function and one file each. Each looks at all of the
// evidence, adds what it finds wrong, and counts what it was asked to prove.
#pragma once

#include "torture/check/stored_index.h"
#include "torture/check/verdict.h"
#include "torture/check/words.h"
#include "torture/history/history.h"

namespace hubbub::torture {

// Borrows: all of it. REQUIRES: the history is well-formed (well_formed.h).
struct Evidence {
  const History& history;
  const Stored& stored;
  const StoredIndex& index;
  Words words;
};

void judge_messages(const Evidence& evidence, Verdict& verdict);
void judge_acks(const Evidence& evidence, Verdict& verdict);
void judge_logs(const Evidence& evidence, Verdict& verdict);
void judge_order(const Evidence& evidence, Verdict& verdict);
void judge_v1_readers(const Evidence& evidence, Verdict& verdict);
void judge_old_readers(const Evidence& evidence, Verdict& verdict);

}  // namespace hubbub::torture
