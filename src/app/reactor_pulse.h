// Whether every reactor still runs what is posted to it: one that is stuck serves nobody, and the
// others cannot tell.
//
// Lives on the main thread.
#pragma once

#include <algorithm>
#include <atomic>
#include <memory>
#include <vector>

#include "base/reactor.h"

namespace hubbub {

class ReactorPulse {
 public:
  // Borrows: the reactors, which may be added until the first beats().
  explicit ReactorPulse(const std::vector<std::unique_ptr<Reactor>>& reactors)
      : reactors_(reactors) {}

  // True at first, and when all have run what the last call that returned true had posted.
  bool beats() {
    if (!std::ranges::all_of(answers_, [](const auto& answer) { return answer->load(); })) {
      return false;
    }
    answers_.clear();
    for (const auto& reactor : reactors_) {
      answers_.push_back(std::make_shared<std::atomic<bool>>(false));
      reactor->post([answer = answers_.back()] { answer->store(true); });
    }
    return true;
  }

 private:
  const std::vector<std::unique_ptr<Reactor>>& reactors_;
  std::vector<std::shared_ptr<std::atomic<bool>>> answers_;
};

}  // namespace hubbub
