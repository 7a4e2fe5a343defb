#include "session/connect_limiter.h"

#include <algorithm>
#include <boost/asio/ip/address.hpp>

namespace hubbub {
namespace {

constexpr std::size_t kAddressesMax = 100'000;

// What is counted together.
std::string network_of(std::string_view text) {
  boost::system::error_code error;
  const auto address = boost::asio::ip::make_address(text, error);
  if (error || !address.is_v6()) return std::string(text);
  auto bytes = address.to_v6().to_bytes();
  if (address.to_v6().is_v4_mapped()) {
    return boost::asio::ip::make_address_v4(boost::asio::ip::v4_mapped, address.to_v6())
        .to_string();
  }
  std::fill(bytes.begin() + 8, bytes.end(), 0);
  return boost::asio::ip::make_address_v6(bytes).to_string();
}

}  // namespace

ConnectLimiter::ConnectLimiter(int connects_per_minute)
    : is_bounded_(connects_per_minute > 0),
      attempts_(connects_per_minute, std::chrono::minutes(1), kAddressesMax) {}

std::chrono::milliseconds ConnectLimiter::take(std::string_view address, SteadyTime now) {
  if (!is_bounded_) return {};
  return std::chrono::ceil<std::chrono::milliseconds>(attempts_.take(network_of(address), now));
}

}  // namespace hubbub
