// How long a client of hubbub.v1 waits before it tries again. docs/protocol.md, Closing
#pragma once

#include <algorithm>
#include <chrono>
#include <optional>
#include <random>

namespace hubbub::bench {

class BackOff {
 public:
  using Wait = std::chrono::milliseconds;

  // `given`: what the server asked for; it wins. Otherwise random from 0 to the bound.
  Wait next(std::optional<Wait> given, std::minstd_rand& random) {
    const Wait bound = bound_;
    bound_ = std::min(bound_ * 2, kBoundMax);
    if (given) return *given;
    return Wait(std::uniform_int_distribution<Wait::rep>(0, bound.count())(random));
  }

  void reset() { bound_ = kFirstBound; }

 private:
  static constexpr Wait kFirstBound{500};
  static constexpr Wait kBoundMax{30'000};
  Wait bound_ = kFirstBound;
};

}  // namespace hubbub::bench
