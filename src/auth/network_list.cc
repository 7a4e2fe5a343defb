#include "auth/network_list.h"

#include <charconv>
#include <cstring>
#include <optional>

namespace hubbub {
namespace {

using boost::asio::ip::address;
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

}  // namespace

Result<NetworkList> NetworkList::parse(std::span<const std::string> entries) {
  NetworkList list;
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
    list.networks_.push_back({mapped_bytes(*parsed), prefix});
  }
  return list;
}

bool NetworkList::contains(const address& address) const {
  const auto bytes = mapped_bytes(address);
  for (const auto& network : networks_) {
    if (shares_prefix(bytes, network.bytes, network.prefix_bits)) return true;
  }
  return false;
}

bool NetworkList::contains(std::string_view address) const {
  const auto parsed = parse_address(address);
  return parsed && contains(*parsed);
}

}  // namespace hubbub
