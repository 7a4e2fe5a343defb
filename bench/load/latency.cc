#include "load/latency.h"

#include <cmath>
#include <numeric>

namespace hubbub::bench {

double Latency::percentile_us(double share) const {
  const auto total = std::accumulate(counts_.begin(), counts_.end(), std::uint64_t{0});
  if (total == 0) return 0;
  const auto wanted = static_cast<std::uint64_t>(std::ceil(share * static_cast<double>(total)));
  std::uint64_t seen = 0;
  for (std::size_t i = 0; i < counts_.size(); ++i) {
    seen += counts_[i];
    if (seen < wanted || counts_[i] == 0) continue;
    if (i < 2 * kSteps) return static_cast<double>(i) / 1e3;
    // The reverse of bucket(): the step's value within its power of two is kSteps to 2 kSteps - 1.
    const auto shift = i / kSteps - 1;
    return static_cast<double>((kSteps + i % kSteps) << shift) / 1e3;
  }
  return 0;
}

}  // namespace hubbub::bench
