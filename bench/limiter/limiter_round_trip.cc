// What a batch of the log writer waits for its rate limits in Valkey, beside the same in memory:
// limiter_round_trip redis://127.0.0.1:6379/9 (docs/performance.md). Writes ratelimit:bench-*
// there.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <functional>
#include <string>
#include <vector>

#include "state/valkey/rate_limiter.h"

namespace hubbub {
namespace {

using Microseconds = std::chrono::duration<double, std::micro>;

constexpr std::size_t kRounds = 2'000;
constexpr std::size_t kPeople = 5'000;
constexpr std::size_t kWindowsMax = 1'000'000;
constexpr MessageLimits kLimits{1'000'000, 60};

void measure(const char* name, RateLimiter& limiter, std::size_t batch) {
  std::vector<double> times;
  std::vector<UserId> senders(batch);
  for (std::size_t round = 0; round < kRounds; ++round) {
    for (std::size_t i = 0; i < batch; ++i) {
      senders[i].value = "bench-" + std::to_string((round * batch + i) % kPeople);
    }
    const auto started = std::chrono::steady_clock::now();
    limiter.admit(senders, kLimits);
    times.push_back(Microseconds(std::chrono::steady_clock::now() - started).count());
  }
  std::ranges::sort(times);
  std::printf("%-7s %5zu senders: median %8.1f us, p99 %8.1f us, %.2f us a sender\n", name, batch,
              times[kRounds / 2], times[kRounds * 99 / 100],
              times[kRounds / 2] / static_cast<double>(batch));
}

int run(const char* url) {
  const auto address = parse_valkey_url(url);
  if (!address) return std::fprintf(stderr, "the URL %s\n", address.error().detail.c_str()), 2;
  Metrics metrics;
  ValkeyLink link(*address, std::chrono::seconds(1), metrics);
  const auto memory = make_memory_rate_limiter(system_clock(), kWindowsMax);
  const auto valkey = make_valkey_rate_limiter(
      link, make_memory_rate_limiter(system_clock(), kWindowsMax), metrics);
  link.start();
  if (!link.is_up()) return 1;
  for (const std::size_t batch : {1U, 10U, 100U, 1'000U}) {
    measure("memory", *memory, batch);
    measure("valkey", *valkey, batch);
  }
  if (metrics.sum("hubbub_valkey_fallbacks_total") == 0) return 0;
  std::fprintf(stderr, "some verdicts were taken without Valkey: the figures say nothing\n");
  return 1;
}

}  // namespace
}  // namespace hubbub

int main(int argc, char** argv) {
  if (argc == 2) return hubbub::run(argv[1]);
  std::fprintf(stderr, "usage: limiter_round_trip redis://host:port/database\n");
  return 2;
}
