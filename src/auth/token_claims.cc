#include "auth/token_claims.h"

#include <algorithm>
#include <optional>

#include "auth/claim_values.h"
#include "auth/token_refusal.h"
#include "wire/utf8.h"

namespace hubbub {
namespace {

constexpr std::size_t kUsernameLengthMax = 64;  // the old schema: varchar(64)
constexpr std::size_t kRolesMax = 1000;

bool is_allowed_client(const JsonObject& claims, const TokenPolicy& policy,
                       const std::string& azp) {
  return policy.allows(azp) || policy.allows_one_of(claims.strings("aud"));
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

bool TokenPolicy::allows(std::string_view client) const {
  return std::ranges::find(allowed_clients, client) != allowed_clients.end();
}

bool TokenPolicy::allows_one_of(
    const std::optional<std::vector<std::string_view>>& audience) const {
  return audience &&
         std::ranges::any_of(*audience, [this](std::string_view one) { return allows(one); });
}

Result<Identity> identity_from_claims(const JsonObject& claims, const TokenPolicy& policy,
                                      Time now) {
  if (policy.issuer.empty() || claims.string("iss") != policy.issuer) {
    return token_refused("token is of another issuer");
  }
  if (!is_for_access(claims)) return token_refused("token is not an access token");
  const auto expires_at = time_of(claims, "exp");
  if (!expires_at) return token_refused("token lacks exp");
  if (*expires_at <= now) return token_refused("token has expired");
  if (claims.has("nbf")) {
    const auto not_before = time_of(claims, "nbf");
    if (!not_before || *not_before > now + policy.leeway)
      return token_refused("token is not valid yet");
  }
  auto user = name_of(claims, "sub");
  if (!user) return user.error();
  auto username = name_of(claims, "preferred_username");
  if (!username) return username.error();
  if (code_point_count(*username) > kUsernameLengthMax) {
    return token_refused("token has a long preferred_username");
  }
  auto azp = name_of(claims, "azp");
  if (!azp) return azp.error();
  if (!is_allowed_client(claims, policy, *azp)) return token_refused("token is for another client");

  std::string sign_in;
  if (claims.has("sid")) {
    auto sid = name_of(claims, "sid");
    if (!sid) return sid.error();
    sign_in = std::move(*sid);
  }

  auto roles = roles_at(claims, policy.roles_path);
  const auto role = highest(roles, policy);
  return Identity{
      UserId{std::move(*user)}, std::move(*username), std::move(*azp),    role,
      std::move(roles),         *expires_at,          std::move(sign_in), time_of(claims, "iat")};
}

}  // namespace hubbub
