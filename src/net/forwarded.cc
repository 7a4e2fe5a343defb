#include "net/forwarded.h"

#include <charconv>
#include <cstring>
#include <optional>

#include "wire/header_list.h"

namespace hubbub {
namespace {

using boost::asio::ip::address;
using boost::asio::ip::address_v6;
using boost::asio::ip::make_address_v4;
using boost::asio::ip::make_address_v6;

constexpr unsigned kMappedPrefixBits = 96;

std::array<std::uint8_t, 16> mapped_bytes(const address& from) {
  if (from.is_v6()) return from.to_v6().to_bytes();
  return make_address_v6(boost::asio::ip::v4_mapped, from.to_v4()).to_bytes();
}

bool shares_prefix(const std::array<std::uint8_t, 16>& left,
                   const std::array<std::uint8_t, 16>& right, unsigned bits) {
  const auto whole = bits / 8;
  if (std::memcmp(left.data(), right.data(), whole) != 0) return false;
  if (bits % 8 == 0) return true;
  return ((left[whole] ^ right[whole]) >> (8 - bits % 8)) == 0;
}

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

Result<TrustedProxies> TrustedProxies::parse(std::span<const std::string> entries) {
  TrustedProxies trusted;
  for (const auto& entry : entries) {
    const Error refusal{Code::kInvalid, "'" + entry + "' is not an IP address or network"};
    const auto slash = entry.find('/');
    const auto parsed = parse_address(std::string_view(entry).substr(0, slash));
    if (!parsed) return refusal;
    const unsigned own_bits = parsed->is_v4() ? 32 : 128;
    unsigned prefix = own_bits;
    if (slash != std::string::npos) {
      const char* const end = entry.data() + entry.size();
      const auto [at, error] = std::from_chars(entry.data() + slash + 1, end, prefix);
      if (error != std::errc() || at != end || prefix > own_bits) return refusal;
    }
    if (parsed->is_v4()) prefix += kMappedPrefixBits;
    trusted.networks_.push_back({mapped_bytes(*parsed), prefix});
  }
  return trusted;
}

bool TrustedProxies::trusts(const address& peer) const {
  const auto bytes = mapped_bytes(peer);
  for (const auto& network : networks_) {
    if (shares_prefix(bytes, network.bytes, network.prefix_bits)) return true;
  }
  return false;
}

ForwardedFor judge_forwarded(const TrustedProxies& trusted, const address& peer,
                             const HttpHeaders& headers) {
  address current = peer;
  if (!trusted.trusts(current)) return {address_text(current)};

  ForwardedFor judged;
  const auto hops = header_list(headers, "X-Forwarded-For");
  for (auto hop = hops.rbegin(); hop != hops.rend() && trusted.trusts(current); ++hop) {
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
