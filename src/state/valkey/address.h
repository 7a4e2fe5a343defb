// Where a Valkey or Redis server is, and who asks there.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/error.h"

namespace hubbub {

struct ValkeyAddress {
  std::string host;
  std::uint16_t port = 0;
  std::string user;      // empty: the default user
  std::string password;  // empty: none is asked for
  int database = 0;

  // host:port/database, to be shown: without user and password.
  [[nodiscard]] std::string shown() const;
};

// redis://[user:password@]host:port[/database]; user and password may be percent-encoded, the user
// may be empty, an IPv6 address stands in brackets. Errors: kInvalid with what is wrong, as the end
// of a sentence that names the setting. It never repeats any of the text, which may hold a
// password.
Result<ValkeyAddress> parse_valkey_url(std::string_view url);

}  // namespace hubbub
