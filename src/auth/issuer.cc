#include "auth/issuer.h"

#include "auth/http_fetch.h"
#include "auth/json_object.h"
#include "auth/network_address.h"

namespace hubbub {
namespace {

bool is_https_or_loopback(const HttpUrl& url) { return url.is_tls || is_loopback_host(url.host); }

std::string discovery_url(const std::string& issuer) {
  // Discovery 1.0 4: a trailing slash goes before the path is appended.
  const bool ends_in_slash = !issuer.empty() && issuer.back() == '/';
  return issuer.substr(0, issuer.size() - (ends_in_slash ? 1 : 0)) +
         "/.well-known/openid-configuration";
}

Result<Shared<KeySet>> fetch_keys(const IssuerSettings& settings) {
  auto url = settings.jwks_url;
  auto plain_http = PlainHttp::kPrivateNetworks;
  if (url.empty()) {
    plain_http = PlainHttp::kLoopbackOnly;
    auto document = http_fetch(discovery_url(settings.issuer), plain_http);
    if (!document) return document.error();
    auto found = jwks_url_from_discovery(*document, settings.issuer);
    if (!found) return found.error();
    url = std::move(*found);
  }
  const auto text = http_fetch(url, plain_http);
  if (!text) return text.error();
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
  const auto parsed = JsonObject::parse(document);
  if (!parsed) return Error{Code::kUnavailable, "discovery: " + parsed.error().detail};
  // Discovery 1.0 4.3: else one provider could speak for another.
  if (parsed->string("issuer") != issuer) {
    return Error{Code::kUnavailable, "the discovery document is of another issuer"};
  }
  const auto url = parsed->string("jwks_uri");
  if (!url) return Error{Code::kUnavailable, "the discovery document has no jwks_uri"};
  const auto keys = parse_http_url(*url);
  if (!keys || !is_https_or_loopback(*keys)) {
    return Error{Code::kUnavailable, "the discovery document's jwks_uri is not https"};
  }
  return std::string(*url);
}

KeySource::Fetch key_fetch(IssuerSettings settings) {
  return [settings = std::move(settings)] { return fetch_keys(settings); };
}

}  // namespace hubbub
