#include "net/forwarded.h"

#include <optional>

#include "wire/header_list.h"

namespace hubbub {
namespace {

using boost::asio::ip::address;
using boost::asio::ip::make_address_v4;

std::optional<address> parse_address(std::string_view text) {
  boost::system::error_code error;
  const auto parsed = boost::asio::ip::make_address(std::string(text), error);
  if (error) return std::nullopt;
  return parsed;
}

// As some proxies write it: with a port, an IPv6 address then in brackets.
std::optional<address> parse_hop(std::string_view text) {
  if (text.starts_with('[')) return parse_address(text.substr(1, text.find(']') - 1));
  const auto colon = text.find(':');
  if (colon != std::string_view::npos && colon == text.rfind(':')) text = text.substr(0, colon);
  return parse_address(text);
}

}  // namespace

ForwardedFor judge_forwarded(const TrustedProxies& trusted, const address& peer,
                             const HttpHeaders& headers) {
  address current = peer;
  if (!trusted.contains(current)) return {address_text(current)};

  ForwardedFor judged;
  const auto hops = header_list(headers, "X-Forwarded-For");
  for (auto hop = hops.rbegin(); hop != hops.rend() && trusted.contains(current); ++hop) {
    const auto parsed = parse_hop(*hop);
    // What a trusted proxy wrote but we cannot read is nobody's address: stop at who wrote it.
    if (!parsed) break;
    current = *parsed;
  }
  judged.address = address_text(current);
  const auto schemes = header_list(headers, "X-Forwarded-Proto");
  judged.is_secure = !schemes.empty() && equal_ignoring_case(schemes.back(), "https");
  return judged;
}

std::string address_text(const address& from) {
  if (from.is_v6() && from.to_v6().is_v4_mapped()) {
    return make_address_v4(boost::asio::ip::v4_mapped, from.to_v6()).to_string();
  }
  return from.to_string();
}

}  // namespace hubbub
