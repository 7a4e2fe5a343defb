// What a commit costs in each database, in the same run: the log writer's batches of messages, with
// random send keys, into one channel. commit_rate sqlite:/path/new.db postgresql://… (each must be
// empty or made by this program before). docs/performance.md
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <string>
#include <vector>

#include "base/random.h"
#include "store/store.h"

namespace hubbub {
namespace {

using Microseconds = std::chrono::duration<double, std::micro>;

constexpr std::size_t kSenders = 100;
// Long enough to see the index of send keys grow.
constexpr std::size_t kMessagesMax = 20'000;
constexpr std::size_t kRoundsMax = 300;

std::vector<PendingEntry> make_batch(ChannelId channel, std::size_t size) {
  std::vector<PendingEntry> batch;
  for (std::size_t i = 0; i < size; ++i) {
    const std::string name = "person-" + std::to_string(i % kSenders);
    batch.emplace_back(PendingMessage{channel,
                                      {UserId{name}, name},
                                      "A message of some sixty characters, as people write them.",
                                      random_token(12),
                                      system_clock().now()});
  }
  return batch;
}

bool measure(const char* name, Store& store, ChannelId channel, std::size_t size) {
  std::vector<double> times;
  const std::size_t rounds = std::min(kRoundsMax, kMessagesMax / size);
  for (std::size_t round = 0; round < rounds; ++round) {
    const auto batch = make_batch(channel, size);
    const auto started = std::chrono::steady_clock::now();
    const auto outcome = store.commit(batch);
    times.push_back(Microseconds(std::chrono::steady_clock::now() - started).count());
    if (!outcome) return std::fprintf(stderr, "%s\n", outcome.error().detail.c_str()), false;
  }
  std::ranges::sort(times);
  const double median = times[rounds / 2];
  std::printf("%-10s %5zu messages: median %9.0f us, p99 %9.0f us, %8.1f us a message\n", name,
              size, median, times[rounds * 99 / 100], median / static_cast<double>(size));
  return true;
}

bool run(const std::string& url) {
  auto store = open_store(url);
  if (!store) return std::fprintf(stderr, "%s\n", store.error().detail.c_str()), false;
  const auto directory = (*store)->directory();
  if (!directory) return std::fprintf(stderr, "%s\n", directory.error().detail.c_str()), false;
  const std::string name = url.substr(0, url.find(':'));
  for (const std::size_t size : {1U, 10U, 100U, 1'000U}) {
    if (!measure(name.c_str(), **store, directory->channels.front().id, size)) return false;
  }
  return true;
}

}  // namespace
}  // namespace hubbub

int main(int argc, char** argv) {
  bool is_ok = argc > 1;
  for (int i = 1; i < argc; ++i) is_ok = hubbub::run(argv[i]) && is_ok;
  return is_ok ? 0 : 1;
}
