#include "auth/issuer.h"

#include "auth/http_fetch.h"
#include "auth/json_object.h"
#include "auth/network_address.h"
#include "base/log_line.h"

namespace hubbub {
namespace {

bool is_https_or_loopback(const HttpUrl& url) { return url.is_tls || is_loopback_host(url.host); }

std::string discovery_url(const std::string& issuer) {
  // Discovery 1.0 4: a trailing slash goes before the path is appended.
  const bool ends_in_slash = !issuer.empty() && issuer.back() == '/';
  return issuer.substr(0, issuer.size() - (ends_in_slash ? 1 : 0)) +
         "/.well-known/openid-configuration";
}

// Of the issuer, or nothing where it cannot be believed.
Result<JsonObject> document_of(const std::string& text, const std::string& issuer) {
  const auto parsed = JsonObject::parse(text);
  if (!parsed) return Error{Code::kUnavailable, "discovery: " + parsed.error().detail};
  // Discovery 1.0 4.3: else one provider could speak for another.
  if (parsed->string("issuer") != issuer) {
    return Error{Code::kUnavailable, "the discovery document is of another issuer"};
  }
  return *parsed;
}

Result<std::string> url_in(const JsonObject& document, const std::string& name) {
  const auto url = document.string(name);
  if (!url) return Error{Code::kUnavailable, "the discovery document has no " + name};
  const auto parsed = parse_http_url(*url);
  if (!parsed || !is_https_or_loopback(*parsed)) {
    return Error{Code::kUnavailable, "the discovery document's " + name + " is not https"};
  }
  return std::string(*url);
}

void publish_endpoints(const std::string& document, const std::string& issuer,
                       Published<IssuerEndpoints>& endpoints) {
  auto found = endpoints_from_discovery(document, issuer);
  if (found) return endpoints.store(std::make_shared<const IssuerEndpoints>(std::move(*found)));
  LogLine(Level::kWarning, "issuer_endpoints_not_found").with("reason", found.error().detail);
}

// Keys whose place is known are not kept waiting by an issuer that this server cannot reach: where
// they are given apart, that is the likely reason.
constexpr std::chrono::seconds kDiscoveryBesideKeysMax{2};

Result<Shared<KeySet>> fetch_keys(const IssuerSettings& settings,
                                  Published<IssuerEndpoints>& endpoints) {
  if (settings.jwks_url.empty()) {
    auto document = http_fetch(discovery_url(settings.issuer), PlainHttp::kLoopbackOnly);
    if (!document) return document.error();
    const auto url = jwks_url_from_discovery(*document, settings.issuer);
    if (!url) return url.error();
    publish_endpoints(*document, settings.issuer, endpoints);
    const auto text = http_fetch(*url, PlainHttp::kLoopbackOnly);
    return text ? KeySet::parse(*text) : Result<Shared<KeySet>>(text.error());
  }
  const auto text = http_fetch(settings.jwks_url, PlainHttp::kPrivateNetworks);
  if (!text) return text.error();
  if (!endpoints.load()) {
    const auto document = http_fetch(discovery_url(settings.issuer), PlainHttp::kLoopbackOnly,
                                     kDiscoveryBesideKeysMax);
    if (document) publish_endpoints(*document, settings.issuer, endpoints);
  }
  return KeySet::parse(*text);
}

}  // namespace

Status check_issuer(const IssuerSettings& settings) {
  const auto issuer = parse_http_url(settings.issuer);
  if (!issuer || settings.issuer.find('?') != std::string::npos) {
    return Error{Code::kInvalid, "HUBBUB_OIDC_ISSUER is not an http or https URL without a query"};
  }
  if (!is_https_or_loopback(*issuer)) {
    return Error{Code::kInvalid, "HUBBUB_OIDC_ISSUER must be https (http is for loopback only)"};
  }
  if (settings.jwks_url.empty()) return {};
  const auto keys = parse_http_url(settings.jwks_url);
  if (!keys) return Error{Code::kInvalid, "HUBBUB_OIDC_JWKS_URL is not an http or https URL"};
  if (!keys->is_tls && reach_of(keys->host) == AddressReach::kPublic) {
    return Error{Code::kInvalid,
                 "HUBBUB_OIDC_JWKS_URL must be https (http is for private networks only)"};
  }
  return {};
}

Result<std::string> jwks_url_from_discovery(const std::string& document,
                                            const std::string& issuer) {
  const auto parsed = document_of(document, issuer);
  if (!parsed) return parsed.error();
  return url_in(*parsed, "jwks_uri");
}

Result<IssuerEndpoints> endpoints_from_discovery(const std::string& document,
                                                 const std::string& issuer) {
  const auto parsed = document_of(document, issuer);
  if (!parsed) return parsed.error();
  auto authorization = url_in(*parsed, "authorization_endpoint");
  if (!authorization) return authorization.error();
  auto token = url_in(*parsed, "token_endpoint");
  if (!token) return token.error();
  std::string end_session;
  if (parsed->has("end_session_endpoint")) {
    auto url = url_in(*parsed, "end_session_endpoint");
    if (!url) return url.error();
    end_session = std::move(*url);
  }
  return IssuerEndpoints{std::move(*authorization), std::move(*token), std::move(end_session)};
}

IssuerEndpoints endpoints_in_keycloaks_form(const std::string& issuer) {
  const auto base = issuer + "/protocol/openid-connect/";
  return {base + "auth", base + "token", base + "logout"};
}

KeySource::Fetch key_fetch(IssuerSettings settings, Published<IssuerEndpoints>& endpoints) {
  return [settings = std::move(settings), &endpoints] { return fetch_keys(settings, endpoints); };
}

}  // namespace hubbub
