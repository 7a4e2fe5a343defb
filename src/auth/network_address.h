// How far away a numeric address is, and whose it is. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace hubbub {

enum class AddressReach : std::uint8_t {
  kNotAnAddress,  // a name, or broken
  kLoopback,      // 127.0.0.0/8, ::1
  kPrivate,       // RFC 1918, RFC 6598 (shared), RFC 4193 (fc00::/7), link-local
  kPublic,
};

// `text`: 192.0.2.1 or 2001:db8::1, without brackets or port. An IPv4 address mapped into IPv6 is
// judged as the IPv4 one that it is.
AddressReach reach_of(std::string_view text);

// `host` as in a Host header or a URL: a name, an address, or an address in brackets, without port.
// True for localhost and loopback addresses.
bool is_loopback_host(std::string_view host);

// What counts as one where attempts are counted by address: an IPv4 address, mapped into IPv6 or
// not; of IPv6 the first 64 bits, which a customer has at least (RFC 6177). What is no address
// counts as itself.
std::string network_of(std::string_view address);

}  // namespace hubbub
