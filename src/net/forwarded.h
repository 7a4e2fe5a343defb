// Who is really asking, where a proxy stands between: X-Forwarded-For and X-Forwarded-Proto are
// believed from trusted proxies only, and only as far back as the chain of trusted ones reaches.
#pragma once

#include <array>
#include <boost/asio/ip/address.hpp>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "wire/http_message.h"

namespace hubbub {

class TrustedProxies {
 public:
  // Addresses ("127.0.0.1", "::1") and networks ("10.0.0.0/8", "fd00::/8").
  // Errors: kInvalid, naming the entry.
  static Result<TrustedProxies> parse(std::span<const std::string> entries);

  [[nodiscard]] bool trusts(const boost::asio::ip::address& address) const;

 private:
  // IPv4 is held as ::ffff:a.b.c.d, so that a dual-stack socket's peers match too.
  struct Network {
    std::array<std::uint8_t, 16> bytes;
    unsigned prefix_bits;
  };
  std::vector<Network> networks_;
};

struct ForwardedFor {
  std::string address;
  bool is_secure = false;
};

// The right-most address that is no trusted proxy's, starting from the peer's own.
ForwardedFor judge_forwarded(const TrustedProxies& trusted, const boost::asio::ip::address& peer,
                             const HttpHeaders& headers);

// As text, IPv4 as IPv4 on a dual-stack socket too.
std::string address_text(const boost::asio::ip::address& address);

}  // namespace hubbub
