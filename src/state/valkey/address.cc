#include "state/valkey/address.h"

#include <charconv>
#include <optional>
#include <utility>

namespace hubbub {
namespace {

constexpr std::string_view kScheme = "redis://";
// What a server has unless it was told otherwise is 16; any number that it may have been told.
constexpr int kDatabaseMax = 1'000'000;

Error refused(std::string detail) { return {Code::kInvalid, std::move(detail)}; }

std::optional<int> number(std::string_view text, int low, int high) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  if (value < low || value > high) return std::nullopt;
  return value;
}

// RFC 3986 2.1.
std::optional<std::string> decoded(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      result += text[i];
      continue;
    }
    const auto digits = text.substr(i + 1, 2);
    unsigned value = 0;
    const auto [end, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
    if (digits.size() != 2 || error != std::errc() || end != digits.data() + 2) return std::nullopt;
    result += static_cast<char>(value);
    i += 2;
  }
  return result;
}

Status read_credentials(std::string_view text, ValkeyAddress& address) {
  const auto colon = text.find(':');
  if (colon == text.npos) return refused("must have user:password before the @ (or :password)");
  auto user = decoded(text.substr(0, colon));
  auto password = decoded(text.substr(colon + 1));
  if (!user || !password) return refused("has a % before its @ without two hexadecimal digits");
  if (password->empty()) return refused("has an empty password; leave out all before the host");
  address.user = *std::move(user);
  address.password = *std::move(password);
  return {};
}

Status read_host_and_port(std::string_view text, ValkeyAddress& address) {
  const auto colon = text.rfind(':');
  const auto bracket = text.rfind(']');
  if (colon == text.npos || (bracket != text.npos && colon < bracket)) {
    return refused("must name a port after the host, such as :6379");
  }
  auto host = text.substr(0, colon);
  const bool is_bracketed = host.starts_with('[') && host.ends_with(']');
  if (is_bracketed) host = host.substr(1, host.size() - 2);
  if (host.empty()) return refused("must name a host");
  if (!is_bracketed && host.find_first_of(":[]") != host.npos) {
    return refused("must have an IPv6 address in brackets, such as redis://[::1]:6379");
  }
  const auto port = number(text.substr(colon + 1), 1, 65'535);
  if (!port) return refused("must have a port from 1 to 65535");
  address.host = host;
  address.port = static_cast<std::uint16_t>(*port);
  return {};
}

}  // namespace

std::string ValkeyAddress::shown() const {
  const bool is_ipv6 = host.find(':') != host.npos;
  std::string text = is_ipv6 ? "[" + host + "]" : host;
  return text.append(":").append(std::to_string(port)).append("/").append(std::to_string(database));
}

Result<ValkeyAddress> parse_valkey_url(std::string_view url) {
  if (url.starts_with("rediss://")) {
    return refused(
        "asks for TLS (rediss), which is not supported: use redis:// inside a private "
        "network, or a TLS tunnel");
  }
  if (!url.starts_with(kScheme)) {
    return refused("must be of the form redis://[user:password@]host:port[/database]");
  }
  url.remove_prefix(kScheme.size());
  if (url.find_first_of("?#") != url.npos) return refused("must not have a part after ? or #");
  ValkeyAddress address;
  // The last @: a password may hold one.
  if (const auto at = url.rfind('@'); at != url.npos) {
    if (auto read = read_credentials(url.substr(0, at), address); !read) return read.error();
    url.remove_prefix(at + 1);
  }
  if (const auto slash = url.find('/'); slash != url.npos) {
    const auto text = url.substr(slash + 1);
    const auto database = text.empty() ? 0 : number(text, 0, kDatabaseMax);
    if (!database) return refused("must have the number of a database after the /");
    address.database = *database;
    url = url.substr(0, slash);
  }
  if (auto read = read_host_and_port(url, address); !read) return read.error();
  return address;
}

}  // namespace hubbub
