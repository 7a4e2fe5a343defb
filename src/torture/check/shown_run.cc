#include "torture/check/shown_run.h"

namespace hubbub::torture {

RunFaults faults_of(const std::vector<Seq>& shown, Seq from, Seq to) {
  RunFaults faults;
  if (to < from) return faults;
  std::vector<bool> was_shown(static_cast<std::size_t>(to - from + 1));
  Seq highest = from - 1;
  for (const Seq seq : shown) {
    auto is_known = was_shown[static_cast<std::size_t>(seq - from)];
    if (is_known) {
      faults.twice.push_back(seq);
    } else if (seq < highest) {
      faults.in_other_order.push_back(seq);
    }
    is_known = true;
    if (seq > highest) highest = seq;
  }
  for (Seq seq = from; seq <= to; ++seq) {
    if (!was_shown[static_cast<std::size_t>(seq - from)]) faults.not_shown.push_back(seq);
  }
  return faults;
}

}  // namespace hubbub::torture
