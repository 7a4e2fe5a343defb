// Who is really asking, where a proxy stands between: X-Forwarded-For and X-Forwarded-Proto are
// believed from trusted proxies only, and only as far back as the chain of trusted ones reaches.
#pragma once

#include <boost/asio/ip/address.hpp>
#include <string>

#include "auth/network_list.h"
#include "wire/http_message.h"

namespace hubbub {

using TrustedProxies = NetworkList;

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
