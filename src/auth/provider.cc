#include "auth/provider.h"

#include <algorithm>

#include "auth/base64url.h"
#include "auth/secret.h"
#include "base/check.h"
#include "base/log_line.h"
#include "base/random.h"
#include "wire/json_writer.h"

namespace hubbub {
namespace {

using namespace std::chrono_literals;

constexpr auto kCodeLifetime = 60s;
// An answer that got lost is asked for again at once; a thief comes later.
constexpr auto kRotationGrace = 10s;
constexpr std::size_t kSecretBytes = 32;

std::int64_t seconds_of(Time time) {
  return std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count();
}

ProviderAnswer refused(int status, std::string_view error, std::string_view description) {
  JsonWriter json;
  json.object().member("error", error).member("error_description", description).end_object();
  return {status, json.take()};
}

ProviderAnswer unavailable(const Error& error) {
  LogLine(Level::kError, "provider_failed").with("reason", error.detail);
  return refused(503, "temporarily_unavailable", "try again later");
}

ProviderAnswer invalid_grant(std::string_view why) { return refused(400, "invalid_grant", why); }

std::shared_ptr<const KeySet> keys_of(const SigningKey& key) {
  auto keys = KeySet::parse(key.key_set());
  HUBBUB_CHECK(keys.has_value());
  return *keys;
}

// RFC 7636 4.1
bool is_verifier(std::string_view text) {
  return text.size() >= 43 && text.size() <= 128 && percent_encode(text) == text;
}

bool has_scope(std::string_view scopes, std::string_view scope) {
  return (" " + std::string(scopes) + " ").find(" " + std::string(scope) + " ") !=
         std::string::npos;
}

}  // namespace

struct Provider::Grant {
  Account account;
  SignIn sign_in;
  std::string client;
  std::string scope;
  std::string nonce;  // empty: none, or not the first time
  std::string refresh_token;
};

Provider::Provider(ProviderSettings settings, SigningKey key, AccountStore& store,
                   const Clock& clock)
    : settings_(std::move(settings)),
      path_("/realms/" + settings_.realm),
      issuer_(settings_.public_url + path_),
      key_(std::move(key)),
      keys_(keys_of(key_)),
      clients_(settings_),
      store_(store),
      clock_(clock) {}

TokenPolicy Provider::policy() const {
  TokenPolicy policy;
  policy.issuer = issuer_;
  policy.allowed_clients = {settings_.chat_client, settings_.web_client};
  return policy;
}

std::string Provider::discovery() const {
  const auto base = issuer_ + "/protocol/openid-connect";
  JsonWriter json;
  const auto list = [&json](std::string_view name, std::initializer_list<std::string_view> values) {
    json.key(name).array();
    for (const auto value : values) json.string(value);
    json.end_array();
  };
  json.object()
      .member("issuer", issuer_)
      .member("authorization_endpoint", base + "/auth")
      .member("token_endpoint", base + "/token")
      .member("userinfo_endpoint", base + "/userinfo")
      .member("end_session_endpoint", base + "/logout")
      .member("revocation_endpoint", base + "/revoke")
      .member("jwks_uri", base + "/certs");
  list("response_types_supported", {"code"});
  list("response_modes_supported", {"query", "fragment"});
  list("grant_types_supported", {"authorization_code", "refresh_token"});
  list("code_challenge_methods_supported", {"S256"});
  list("token_endpoint_auth_methods_supported", {"none"});
  list("revocation_endpoint_auth_methods_supported", {"none"});
  list("subject_types_supported", {"public"});
  list("id_token_signing_alg_values_supported", {"RS256"});
  list("scopes_supported", {"openid", "profile"});
  list("prompt_values_supported", {"none", "login", "create"});
  list("claims_supported", {"iss", "sub", "aud", "exp", "iat", "auth_time", "nonce", "azp", "sid",
                            "preferred_username", "name", "realm_access"});
  json.member("authorization_response_iss_parameter_supported", true).end_object();
  return json.take();
}

// --- authorization ---

Result<std::string> Provider::grant(const AuthorizationRequest& request, const SignIn& sign_in) {
  const auto code = random_token(kSecretBytes);
  const auto added = store_.add_code({sign_in.id, request.client, request.redirect_uri,
                                      request.challenge, request.nonce, request.scope},
                                     secret_hash(code), clock_.now() + kCodeLifetime);
  if (!added) return added.error();
  // RFC 9207: who answers, so that a client of several providers cannot mix them up.
  return request.location({{"code", code}, {"iss", issuer_}});
}

std::string Provider::refuse(const AuthorizationRequest& request, std::string error) const {
  return request.location({{"error", std::move(error)}, {"iss", issuer_}});
}

// --- tokens ---

ProviderAnswer Provider::token(const FormFields& form) {
  if (!clients_.knows(form_field(form, "client_id"))) {
    return refused(401, "invalid_client", "client_id is missing or not known");
  }
  const auto type = form_field(form, "grant_type");
  if (type == "authorization_code") return exchange_code(form);
  if (type == "refresh_token") return exchange_refresh_token(form);
  return refused(400, "unsupported_grant_type", "authorization_code or refresh_token");
}

ProviderAnswer Provider::exchange_code(const FormFields& form) {
  const auto family = random_uuid();
  const auto now = clock_.now();
  const auto code = store_.take_code(secret_hash(form_field(form, "code")), family, now);
  if (!code) return unavailable(code.error());
  if (!*code) return invalid_grant("the code is not valid, was used, or is too old");
  const CodeGrant& granted = **code;
  const auto verifier = form_field(form, "code_verifier");
  if (granted.client != form_field(form, "client_id") ||
      granted.redirect_uri != form_field(form, "redirect_uri")) {
    return invalid_grant("the code was made for another client or redirect_uri");
  }
  if (!is_verifier(verifier) || !equal_in_constant_time(secret_hash(verifier), granted.challenge)) {
    return invalid_grant("code_verifier does not fit");
  }
  Grant grant{.account = {},
              .sign_in = {},
              .client = granted.client,
              .scope = granted.scope,
              .nonce = granted.nonce,
              .refresh_token = random_token(kSecretBytes)};
  const auto sign_in = store_.find_sign_in_by_id(granted.sign_in, now);
  if (!sign_in) return unavailable(sign_in.error());
  if (!*sign_in) return invalid_grant("the sign-in has ended");
  grant.sign_in = **sign_in;
  const auto added = store_.add_refresh_token(
      {family, granted.sign_in, granted.client, granted.scope}, secret_hash(grant.refresh_token));
  if (!added) {
    return added.error().code == Code::kForbidden ? invalid_grant("the sign-in has ended")
                                                  : unavailable(added.error());
  }
  return answer(grant);
}

ProviderAnswer Provider::exchange_refresh_token(const FormFields& form) {
  Grant grant{.account = {},
              .sign_in = {},
              .client = std::string(form_field(form, "client_id")),
              .scope = {},
              .nonce = {},
              .refresh_token = random_token(kSecretBytes)};
  const auto now = clock_.now();
  const auto rotated = store_.rotate_refresh_token(secret_hash(form_field(form, "refresh_token")),
                                                   secret_hash(grant.refresh_token), grant.client,
                                                   now, kRotationGrace);
  if (!rotated) return unavailable(rotated.error());
  if (!*rotated) return invalid_grant("the refresh token is not valid any more");
  const auto sign_in = store_.find_sign_in_by_id((*rotated)->sign_in, now);
  if (!sign_in) return unavailable(sign_in.error());
  if (!*sign_in) return invalid_grant("the sign-in has ended");
  grant.sign_in = **sign_in;
  grant.scope = (*rotated)->scope;
  return answer(grant);
}

ProviderAnswer Provider::answer(const Grant& granted) {
  auto grant = granted;
  const auto account = store_.find_account(grant.sign_in.user);
  if (!account) return unavailable(account.error());
  if (!*account || (*account)->is_disabled) return invalid_grant("the account is disabled");
  grant.account = **account;
  const auto access = access_token(grant.account, grant.client, grant.scope, grant.sign_in.id);
  JsonWriter json;
  json.object()
      .member("access_token", access)
      .member("expires_in", kAccessLifetime.count())
      .member("refresh_expires_in", seconds_of(grant.sign_in.expires_at) - seconds_of(clock_.now()))
      .member("refresh_token", grant.refresh_token)
      .member("token_type", "Bearer");
  if (has_scope(grant.scope, "openid")) json.member("id_token", id_token(grant, access));
  json.member("session_state", grant.sign_in.id).member("scope", grant.scope).end_object();
  return {200, json.take()};
}

std::string Provider::access_token(const Account& account, const std::string& client,
                                   const std::string& scope, const std::string& sign_in_id,
                                   std::chrono::seconds lifetime) const {
  const auto now = seconds_of(clock_.now());
  JsonWriter json;
  json.object()
      .member("exp", now + lifetime.count())
      .member("iat", now)
      .member("jti", random_uuid())
      .member("iss", issuer_)
      .member("aud", client)
      .member("sub", account.id.value)
      .member("typ", "Bearer")
      .member("azp", client)
      .member("sid", sign_in_id)
      .member("scope", scope)
      .member("preferred_username", account.username)
      .member("name", account.username);
  json.key("realm_access").object().key("roles").array();
  for (const auto& role : account.roles) json.string(role);
  json.end_array().end_object().end_object();
  return key_.sign(json.text());
}

std::string Provider::id_token(const Grant& grant, const std::string& access_token) const {
  const auto now = seconds_of(clock_.now());
  // OpenID Connect Core 3.1.3.6: the left half of the token's hash.
  const auto hash = base64url_decode(secret_hash(access_token));
  JsonWriter json;
  json.object()
      .member("exp", now + kAccessLifetime.count())
      .member("iat", now)
      .member("auth_time", seconds_of(grant.sign_in.created_at))
      .member("jti", random_uuid())
      .member("iss", issuer_)
      .member("aud", grant.client)
      .member("sub", grant.account.id.value)
      .member("typ", "ID")
      .member("azp", grant.client)
      .member("sid", grant.sign_in.id)
      .member("at_hash", base64url_encode(hash->substr(0, 16)))
      .member("preferred_username", grant.account.username)
      .member("name", grant.account.username);
  if (!grant.nonce.empty()) json.member("nonce", grant.nonce);
  json.end_object();
  return key_.sign(json.text());
}

ProviderAnswer Provider::revoke(const FormFields& form) {
  if (!clients_.knows(form_field(form, "client_id"))) {
    return refused(401, "invalid_client", "client_id is missing or not known");
  }
  // RFC 7009 2.2: also fine when there is no such token.
  const auto done = store_.revoke_refresh_token(secret_hash(form_field(form, "token")));
  return done ? ProviderAnswer{200, "{}"} : unavailable(done.error());
}

// --- what its own tokens say ---

Result<JsonObject> Provider::own_claims(std::string_view token) const {
  const auto jwt = parse_jwt(token);
  if (!jwt) return jwt.error();
  if (keys_->verify(*jwt) != SignatureCheck::kGood) {
    return Error{Code::kUnauthorized, "token's signature is not valid"};
  }
  auto claims = JsonObject::parse(jwt->payload);
  if (!claims || claims->string("iss") != issuer_) {
    return Error{Code::kUnauthorized, "token is of another issuer"};
  }
  return claims;
}

ProviderAnswer Provider::userinfo(std::string_view access_token) {
  const auto claims = own_claims(access_token);
  const auto identity = claims ? identity_from_claims(*claims, policy(), clock_.now())
                               : Result<Identity>(claims.error());
  if (!identity) return refused(401, "invalid_token", "the access token is not valid");
  const auto account = store_.find_account(identity->user);
  if (!account) return unavailable(account.error());
  if (!*account || (*account)->is_disabled) {
    return refused(401, "invalid_token", "the account is disabled");
  }
  JsonWriter json;
  json.object()
      .member("sub", (*account)->id.value)
      .member("preferred_username", (*account)->username)
      .member("name", (*account)->username)
      .end_object();
  return {200, json.take()};
}

Result<LogoutRequest> Provider::check_logout(const FormFields& query,
                                             std::string_view own_origin) const {
  LogoutRequest request;
  std::string client(form_field(query, "client_id"));
  const auto hint = form_field(query, "id_token_hint");
  if (!hint.empty()) {
    // However old: it only says who wants to go.
    const auto claims = own_claims(hint);
    if (!claims || claims->string("typ") != "ID") {
      return Error{Code::kInvalid, "The program that sent you here does not know who you are."};
    }
    const auto audience = claims->string("aud").value_or("");
    if (!client.empty() && client != audience) {
      return Error{Code::kInvalid, "The program that sent you here is not the one that you used."};
    }
    client = audience;
    request.sign_in_id = claims->string("sid").value_or("");
  }
  const std::string target(form_field(query, "post_logout_redirect_uri"));
  if (!target.empty()) {
    if (!clients_.allows(client, target, own_origin)) {
      return Error{
          Code::kInvalid,
          "The program that sent you here wants you back at an address that is not its own."};
    }
    request.location = AuthorizationRequest{.client = client,
                                            .redirect_uri = target,
                                            .state = std::string(form_field(query, "state"))}
                           .location({});
  }
  // Else any page on the web could sign somebody out by a link.
  request.needs_confirmation = hint.empty() && request.location.empty();
  return request;
}

}  // namespace hubbub
