// The rate limit counted in Valkey, where the old server counted it and other nodes do: outlives a
// restart of this one.
#pragma once

#include <memory>

#include "base/metrics.h"
#include "state/rate_limiter.h"
#include "state/valkey/link.h"

namespace hubbub {

// `ratelimit:<sub>` is a plain counter that expires with its window. A batch is one script and one
// round trip. `local` counts everything too: its verdicts hold while Valkey cannot be used, or does
// not answer within the link's timeout, and then know what was sent before.
//
// Borrows link and metrics; owns `local`.
std::unique_ptr<RateLimiter> make_valkey_rate_limiter(ValkeyLink& link,
                                                      std::unique_ptr<RateLimiter> local,
                                                      Metrics& metrics);

}  // namespace hubbub
