// A list of addresses and networks, as settings name them. Pure; never changes once made.
#pragma once

#include <array>
#include <boost/asio/ip/address.hpp>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace hubbub {

class NetworkList {
 public:
  // Addresses ("127.0.0.1", "::1") and networks ("10.0.0.0/8", "fd00::/8").
  // Errors: kInvalid, naming the entry.
  static Result<NetworkList> parse(std::span<const std::string> entries);

  [[nodiscard]] bool contains(const boost::asio::ip::address& address) const;
  // `address`: numeric, without brackets or port; anything else is in no list.
  [[nodiscard]] bool contains(std::string_view address) const;

 private:
  // IPv4 is held as ::ffff:a.b.c.d, so that a dual-stack socket's peers match too.
  struct Network {
    std::array<std::uint8_t, 16> bytes;
    unsigned prefix_bits;
  };
  std::vector<Network> networks_;
};

}  // namespace hubbub
