// What clients ask before they sign in: /discovery (the old server's form) and /client.json (the
// pages').
#include "rest/handlers.h"
#include "rest/reply.h"
#include "wire/json_writer.h"

namespace hubbub::rest {
namespace {

// The old clients put https:// before it themselves.
std::string without_scheme(std::string_view url) {
  const auto scheme = url.find("://");
  return std::string(scheme == std::string_view::npos ? url : url.substr(scheme + 3));
}

std::string host_of(std::string_view url) {
  const auto rest = without_scheme(url);
  return rest.substr(0, rest.find('/'));
}

std::string websocket_url(const PublicSettings& settings) {
  const bool is_tls = settings.public_url.starts_with("https://");
  return (is_tls ? "wss://" : "ws://") + without_scheme(settings.public_url) + "/ws";
}

struct Discovery {
  std::string auth_url, token_url, health_url, chat_url, chat_client, server_name;
};

// Exactly the old server's answer: an unset name is an empty string.
Discovery old_discovery(const PublicSettings::OldNames& names) {
  const auto host = names.kc_hostname.value_or("");
  const auto issuer =
      endpoints_in_keycloaks_form(host + "/realms/" + names.realm_name.value_or(""));
  return {issuer.authorization,
          issuer.token,
          host + "/health",
          "wss://chat." + names.public_hostname.value_or("") + "/ws",
          names.chat_client_name.value_or(""),
          "OnRabble"};
}

Discovery own_discovery(const PublicSettings& settings, const IssuerEndpoints& issuer,
                        const std::string& server_name) {
  return {without_scheme(issuer.authorization),
          without_scheme(issuer.token),
          host_of(settings.issuer) + "/health",
          websocket_url(settings),
          settings.chat_client,
          server_name};
}

IssuerEndpoints endpoints_of(const Api& api) {
  const auto told = api.issuer() ? api.issuer()->endpoints.load() : nullptr;
  return told ? *told : endpoints_in_keycloaks_form(api.settings().issuer);
}

}  // namespace

void get_discovery(Api& api, const RestCall& call) {
  const auto& settings = api.settings();
  const auto& server = api.services().server;
  const auto discovery = settings.old_names.any()
                             ? old_discovery(settings.old_names)
                             : own_discovery(settings, endpoints_of(api), server.name);
  JsonWriter json;
  json.object()
      .member("auth_url", discovery.auth_url)
      .member("token_url", discovery.token_url)
      .member("health_url", discovery.health_url)
      .member("chat_url", discovery.chat_url)
      .member("chat_client", discovery.chat_client)
      .member("server_name", discovery.server_name)
      .member("server_id", server.id)
      .end_object();
  call.reply(json_reply(200, json.take()));
}

void get_client_settings(Api& api, const RestCall& call) {
  const auto& settings = api.settings();
  const auto& server = api.services().server;
  const auto issuer = endpoints_of(api);
  JsonWriter json;
  json.object()
      .member("server_name", server.name)
      .member("server_id", server.id)
      .member("issuer", settings.issuer)
      .member("authorization_endpoint", issuer.authorization)
      .member("token_endpoint", issuer.token)
      .key("end_session_endpoint");
  if (issuer.end_session.empty()) {
    json.null();
  } else {
    json.string(issuer.end_session);
  }
  json.member("chat_client", settings.chat_client)
      .member("dashboard_client", settings.dashboard_client)
      .member("websocket_url", websocket_url(settings))
      .member("built_in_accounts", settings.has_built_in_accounts)
      .member("sign_up", settings.sign_up)
      .member("open_admin", settings.open_admin.has_value())
      .key("account_url");
  if (settings.has_built_in_accounts) {
    json.string("/account");
  } else {
    json.null();
  }
  json.end_object();
  call.reply(json_reply(200, json.take()));
}

}  // namespace hubbub::rest
