#include "torture/faults/shim/late_sync.h"

#include "torture/faults/shim/system_calls.h"

namespace hubbub::torture {
namespace {

constexpr std::int64_t kMillisecond = 1'000'000;  // in nanoseconds
constexpr std::int64_t kSecond = 1000 * kMillisecond;

std::int64_t now() {
  timespec time{};
  ::clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * kSecond + time.tv_nsec;
}

}  // namespace

void wait_for_late_sync(FaultControl& control) {
  const std::uint32_t delay = control.delay_syncs.load();
  if (delay == 0) return;
  control.syncs_delayed.fetch_add(1);
  const std::int64_t end = now() + delay * kMillisecond;
  // A signal ends a wait early.
  for (auto left = end - now(); left > 0 && control.delay_syncs == delay; left = end - now()) {
    kernel::wait_while(&control.delay_syncs, delay, {left / kSecond, left % kSecond});
  }
}

}  // namespace hubbub::torture
