// One small GET over HTTP or HTTPS, for keys and discovery documents. Blocks: for workers only.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/error.h"

namespace hubbub {

// Where an answer that nobody signed may come from.
enum class PlainHttp : std::uint8_t { kLoopbackOnly, kPrivateNetworks };

struct HttpUrl {
  bool is_tls = false;
  std::string host;  // without brackets
  std::string port;
  std::string target;  // path and query, starts with '/'
  // As a Host header has it: brackets about IPv6, no default port.
  [[nodiscard]] std::string authority() const;
};

// http and https, without user, password or fragment. Errors: kInvalid.
Result<HttpUrl> parse_http_url(std::string_view url);

// The body of a 200 answer. No redirect is followed. Certificates are checked against the system's
// authorities (OpenSSL's SSL_CERT_FILE names others) and the host's name. Over plain HTTP it is the
// address that counts which the name resolved to, not the name.
// Errors: kUnavailable with a sentence for the log.
Result<std::string> http_fetch(const std::string& url, PlainHttp plain_http,
                               std::chrono::milliseconds timeout = std::chrono::seconds(10),
                               std::size_t body_bytes_max = 256 * 1024);

}  // namespace hubbub
