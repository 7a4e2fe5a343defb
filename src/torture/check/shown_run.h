// What somebody was shown of one log, which must be a run of it: each entry once, in order.
#pragma once

#include <cstddef>
#include <vector>

#include "torture/history/history.h"

namespace hubbub::torture {

// What is wrong with it, entry by entry.
struct RunFaults {
  std::vector<Seq> twice;
  std::vector<Seq> in_other_order;  // after one with a higher number
  std::vector<Seq> not_shown;
};

// `shown` must be from, from + 1 … to. REQUIRES: each of it is one of these.
// Cost: one look at each, and a bit for each number.
RunFaults faults_of(const std::vector<Seq>& shown, Seq from, Seq to);

}  // namespace hubbub::torture
