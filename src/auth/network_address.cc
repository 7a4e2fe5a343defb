#include "auth/network_address.h"

#include <algorithm>
#include <boost/asio/ip/address.hpp>

#include "wire/http_message.h"

namespace hubbub {
namespace {

namespace ip = boost::asio::ip;

AddressReach reach_of_v4(const ip::address_v4& address) {
  const auto bits = address.to_uint();
  const auto is_in = [bits](std::uint32_t network, int prefix) {
    return (bits >> (32 - prefix)) == (network >> (32 - prefix));
  };
  if (is_in(0x7f000000, 8)) return AddressReach::kLoopback;  // 127.0.0.0/8
  const bool is_private = is_in(0x0a000000, 8) ||            // 10.0.0.0/8
                          is_in(0xac100000, 12) ||           // 172.16.0.0/12
                          is_in(0xc0a80000, 16) ||           // 192.168.0.0/16
                          is_in(0xa9fe0000, 16) ||           // 169.254.0.0/16
                          is_in(0x64400000, 10);             // 100.64.0.0/10
  return is_private ? AddressReach::kPrivate : AddressReach::kPublic;
}

}  // namespace

AddressReach reach_of(std::string_view text) {
  boost::system::error_code error;
  const auto address = ip::make_address(std::string(text), error);
  if (error) return AddressReach::kNotAnAddress;
  if (address.is_v4()) return reach_of_v4(address.to_v4());
  const auto v6 = address.to_v6();
  if (v6.is_v4_mapped()) return reach_of_v4(ip::make_address_v4(ip::v4_mapped, v6));
  if (v6.is_loopback()) return AddressReach::kLoopback;
  const bool is_unique_local = (v6.to_bytes()[0] & 0xfe) == 0xfc;
  return is_unique_local || v6.is_link_local() ? AddressReach::kPrivate : AddressReach::kPublic;
}

bool is_loopback_host(std::string_view host) {
  if (equal_ignoring_case(host, "localhost")) return true;
  if (host.size() > 2 && host.front() == '[' && host.back() == ']') {
    host = host.substr(1, host.size() - 2);
  }
  return reach_of(host) == AddressReach::kLoopback;
}

std::string network_of(std::string_view text) {
  boost::system::error_code error;
  const auto address = ip::make_address(std::string(text), error);
  if (error || !address.is_v6()) return std::string(text);
  const auto v6 = address.to_v6();
  if (v6.is_v4_mapped()) return ip::make_address_v4(ip::v4_mapped, v6).to_string();
  auto bytes = v6.to_bytes();
  std::fill(bytes.begin() + 8, bytes.end(), std::uint8_t{0});
  return ip::make_address_v6(bytes).to_string();
}

}  // namespace hubbub
