#include "session/connect_limiter.h"

#include "auth/network_address.h"

namespace hubbub {
namespace {

constexpr std::size_t kAddressesMax = 100'000;

}  // namespace

ConnectLimiter::ConnectLimiter(int connects_per_minute)
    : is_bounded_(connects_per_minute > 0),
      attempts_(connects_per_minute, std::chrono::minutes(1), kAddressesMax) {}

std::chrono::milliseconds ConnectLimiter::take(std::string_view address, SteadyTime now) {
  if (!is_bounded_) return {};
  return std::chrono::ceil<std::chrono::milliseconds>(attempts_.take(network_of(address), now));
}

}  // namespace hubbub
