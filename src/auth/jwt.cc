#include "auth/jwt.h"

#include "auth/base64url.h"
#include "auth/token_refusal.h"
#include "wire/http_message.h"

namespace hubbub {
namespace {

constexpr std::size_t kKeyIdBytesMax = 255;

// RFC 8725 3.11: a token made for something else says so in `typ`. Identity tokens mostly say "JWT"
// too; the payload tells those apart (token_claims.cc, logout_token.cc).
bool has_type_for(JwtUse use, const JsonObject& header) {
  if (!header.has("typ")) return true;
  auto type = header.string("typ").value_or("");
  constexpr std::string_view kMediaType = "application/";
  if (equal_ignoring_case(type.substr(0, kMediaType.size()), kMediaType)) {
    type.remove_prefix(kMediaType.size());
  } else if (equal_ignoring_case(type, "JWT")) {
    return true;
  }
  return equal_ignoring_case(type, use == JwtUse::kLogout ? "logout+jwt" : "at+jwt");
}

}  // namespace

Result<Jwt> parse_jwt(std::string_view token, JwtUse use) {
  if (token.size() > kTokenBytesMax) return token_refused("token is too long");
  const auto first = token.find('.');
  const auto second = first == std::string_view::npos ? first : token.find('.', first + 1);
  if (second == std::string_view::npos || token.find('.', second + 1) != std::string_view::npos) {
    return token_refused("token has not three parts");
  }
  const auto header_text = base64url_decode(token.substr(0, first));
  auto payload = base64url_decode(token.substr(first + 1, second - first - 1));
  auto signature = base64url_decode(token.substr(second + 1));
  if (!header_text || !payload || !signature) return token_refused("token is not strict base64url");
  if (payload->empty() || signature->empty()) return token_refused("token has an empty part");

  const auto header = JsonObject::parse(*header_text);
  if (!header) return token_refused("token header: " + header.error().detail);
  // RFC 7515 4.1.11: who does not understand an extension named there must refuse; there is none
  // here.
  if (header->has("crit")) return token_refused("token header has crit");
  if (!has_type_for(use, *header)) return token_refused("token header has a foreign typ");
  const auto algorithm = algorithm_named(header->string("alg").value_or(""));
  if (!algorithm) return token_refused("token's algorithm is not allowed");
  if (header->has("kid") && !header->string("kid"))
    return token_refused("token's kid is not a string");
  const auto key_id = header->string("kid").value_or("");
  if (key_id.size() > kKeyIdBytesMax) return token_refused("token's kid is too long");
  return Jwt{*algorithm, std::string(key_id), token.substr(0, second), std::move(*signature),
             std::move(*payload)};
}

}  // namespace hubbub
