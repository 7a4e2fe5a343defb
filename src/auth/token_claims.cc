#include "auth/token_claims.h"

#include <algorithm>
#include <optional>

#include "wire/utf8.h"

namespace hubbub {
namespace {

constexpr std::size_t kIdBytesMax =
    255;  // OpenID Connect Core 2: sub has 255 ASCII characters at most
constexpr std::size_t kUsernameLengthMax = 64;  // the old schema: varchar(64)
constexpr std::size_t kRolesMax = 1000;
// The year 5138: later is a mistake of units (milliseconds), and would overflow microseconds.
constexpr double kSecondsMax = 1e11;

Error refused(std::string why) { return Error{Code::kUnauthorized, std::move(why)}; }

// C0, DEL and C1 (U+0080 to U+009F, two bytes that start with 0xC2).
bool has_control_character(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c < 0x20 || c == 0x7f) return true;
    if (c == 0xc2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xa0)
      return true;
  }
  return false;
}

std::optional<Time> time_of(const JsonObject& claims, std::string_view name) {
  const auto seconds = claims.number(name);
  if (!seconds || *seconds < 0 || *seconds > kSecondsMax) return std::nullopt;
  return Time(std::chrono::microseconds(static_cast<std::int64_t>(*seconds * 1e6)));
}

Result<std::string> name_of(const JsonObject& claims, std::string_view member) {
  const auto text = claims.string(member).value_or("");
  if (text.empty()) return refused("token lacks " + std::string(member));
  if (has_control_character(text)) {
    return refused("token has a control character in " + std::string(member));
  }
  if (text.size() > kIdBytesMax) return refused("token has a long " + std::string(member));
  return std::string(text);
}

bool is_allowed_client(const JsonObject& claims, const TokenPolicy& policy,
                       const std::string& azp) {
  const auto is_listed = [&policy](std::string_view client) {
    return std::find(policy.allowed_clients.begin(), policy.allowed_clients.end(), client) !=
           policy.allowed_clients.end();
  };
  if (is_listed(azp)) return true;
  const auto audience = claims.strings("aud");
  return audience && std::any_of(audience->begin(), audience->end(), is_listed);
}

std::vector<std::string> roles_at(const JsonObject& object, std::string_view path) {
  // A path may be one name with dots in it: some providers name their claims by URL.
  if (const auto names = object.strings(path)) {
    const auto count = std::min(names->size(), kRolesMax);
    return {names->begin(), names->begin() + static_cast<std::ptrdiff_t>(count)};
  }
  const auto dot = path.find('.');
  if (dot == std::string_view::npos) return {};
  const auto inner = object.object(path.substr(0, dot));
  return inner ? roles_at(*inner, path.substr(dot + 1)) : std::vector<std::string>{};
}

Role highest(const std::vector<std::string>& names, const TokenPolicy& policy) {
  const auto has = [&names](const std::string& name) {
    return !name.empty() && std::find(names.begin(), names.end(), name) != names.end();
  };
  if (has(policy.admin_role)) return Role::kAdmin;
  return has(policy.moderator_role) ? Role::kModerator : Role::kMember;
}

// RFC 8725 3.11 and 3.12: Keycloak and the built-in provider say in `typ` what a token is for, and
// sign identity tokens with the same key.
bool is_for_access(const JsonObject& claims) {
  const auto type = claims.string("typ").value_or("");
  return type != "ID" && type != "Refresh" && type != "Offline" && type != "Logout";
}

}  // namespace

Result<Identity> identity_from_claims(const JsonObject& claims, const TokenPolicy& policy,
                                      Time now) {
  if (policy.issuer.empty() || claims.string("iss") != policy.issuer) {
    return refused("token is of another issuer");
  }
  if (!is_for_access(claims)) return refused("token is not an access token");
  const auto expires_at = time_of(claims, "exp");
  if (!expires_at) return refused("token lacks exp");
  if (*expires_at <= now) return refused("token has expired");
  if (claims.has("nbf")) {
    const auto not_before = time_of(claims, "nbf");
    if (!not_before || *not_before > now + policy.leeway) return refused("token is not valid yet");
  }
  auto user = name_of(claims, "sub");
  if (!user) return user.error();
  auto username = name_of(claims, "preferred_username");
  if (!username) return username.error();
  if (code_point_count(*username) > kUsernameLengthMax) {
    return refused("token has a long preferred_username");
  }
  auto azp = name_of(claims, "azp");
  if (!azp) return azp.error();
  if (!is_allowed_client(claims, policy, *azp)) return refused("token is for another client");

  auto roles = roles_at(claims, policy.roles_path);
  const auto role = highest(roles, policy);
  return Identity{UserId{std::move(*user)}, std::move(*username), std::move(*azp), role,
                  std::move(roles),         *expires_at};
}

}  // namespace hubbub
