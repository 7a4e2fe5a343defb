// The built-in provider's authorization endpoint: whatever is asked, an answer goes nowhere but to
// a page of ours, and a code is promised only with PKCE.
//
// Input: the query of a request.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "auth/authorization_request.h"
#include "auth/username.h"
#include "base/check.h"
#include "wire/http_message.h"

namespace hubbub {
namespace {

constexpr std::string_view kOwnOrigin = "http://192.168.1.5:8080";

// Where any answer may begin: the origins of the settings below, and the old desktop client's.
bool is_ours(std::string_view location) {
  constexpr std::array<std::string_view, 6> kOrigins = {
      "https://chat.example.org/",      "http://localhost:8080/",
      "http://127.0.0.1:8080/",         "http://192.168.1.5:8080/",
      "http://localhost:1337/callback", "http://127.0.0.1:1337/callback"};
  return std::any_of(kOrigins.begin(), kOrigins.end(),
                     [location](std::string_view origin) { return location.starts_with(origin); });
}

void check_location(std::string_view location) {
  HUBBUB_CHECK(is_ours(location));
  // A header's value: no line may end in it.
  HUBBUB_CHECK(location.find_first_of(std::string_view("\r\n\0", 3)) == std::string_view::npos);
}

void check(const FormFields& query) {
  static const Clients kClients(ProviderSettings{.public_url = "https://chat.example.org"});
  const auto checked = check_authorization_request(query, kClients, kOwnOrigin);
  if (const auto* refused = std::get_if<RefusedBack>(&checked)) check_location(refused->location);
  const auto* request = std::get_if<AuthorizationRequest>(&checked);
  if (request == nullptr) return;
  HUBBUB_CHECK(kClients.allows(request->client, request->redirect_uri, kOwnOrigin));
  // RFC 7636 4.2: 32 bytes of SHA-256 in base64url.
  HUBBUB_CHECK(request->challenge.size() == 43);
  check_location(request->location({{"code", "a&b\r\n"}}));
}

}  // namespace
}  // namespace hubbub

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string input(reinterpret_cast<const char*>(data), size);
  const auto query = hubbub::parse_form(input);
  if (!query) return 0;
  hubbub::check(*query);
  for (const auto& [name, value] : *query) {
    if (hubbub::check_username(value)) HUBBUB_CHECK(value.size() >= 2 && value.size() <= 32);
    static_cast<void>(hubbub::check_new_password(value, name));
  }
  return 0;
}
