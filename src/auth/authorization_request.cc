#include "auth/authorization_request.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <set>

namespace hubbub {
namespace {

constexpr std::size_t kParameterBytesMax = 2048;

bool contains(const std::vector<std::string>& texts, std::string_view text) {
  return std::find(texts.begin(), texts.end(), text) != texts.end();
}

// base64url of a SHA-256 (RFC 7636 4.2).
bool is_challenge(std::string_view text) {
  return text.size() == 43 && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  c == '-' || c == '_';
         });
}

// RFC 6749 3.1: a parameter is there once at most.
bool has_repetition(const FormFields& fields) {
  std::set<std::string_view> names;
  return std::any_of(fields.begin(), fields.end(),
                     [&names](const auto& field) { return !names.insert(field.first).second; });
}

struct Refusal {
  std::string error;
  std::string description;
};

std::optional<Refusal> refusal_of(const FormFields& query, const AuthorizationRequest& request) {
  if (form_field(query, "response_type") != "code") {
    return Refusal{"unsupported_response_type", "response_type must be code"};
  }
  const auto mode = form_field(query, "response_mode");
  if (!mode.empty() && mode != "query" && mode != "fragment") {
    return Refusal{"invalid_request", "response_mode must be query or fragment"};
  }
  if (!form_field(query, "request").empty()) return Refusal{"request_not_supported", ""};
  if (!form_field(query, "request_uri").empty()) return Refusal{"request_uri_not_supported", ""};
  if (request.challenge.empty())
    return Refusal{"invalid_request", "code_challenge is missing (PKCE)"};
  if (form_field(query, "code_challenge_method") != "S256" || !is_challenge(request.challenge)) {
    return Refusal{"invalid_request", "code_challenge_method must be S256"};
  }
  const auto max_age = form_field(query, "max_age");
  if (!max_age.empty() && !request.max_age)
    return Refusal{"invalid_request", "max_age is not a number"};
  if (request.prompts("none") && request.prompt != "none") {
    return Refusal{"invalid_request", "prompt none stands alone"};
  }
  for (const auto* text : {&request.nonce, &request.scope, &request.state, &request.prompt}) {
    if (text->size() > kParameterBytesMax)
      return Refusal{"invalid_request", "a parameter is too long"};
  }
  return std::nullopt;
}

}  // namespace

Clients::Clients(const ProviderSettings& settings) {
  const auto port = settings.listen_port == 80 ? "" : ":" + std::to_string(settings.listen_port);
  origins_ = {settings.public_url, "http://localhost" + port, "http://127.0.0.1" + port};
  clients_ = {{settings.chat_client,
               {"/"},
               {"http://localhost:1337/callback", "http://127.0.0.1:1337/callback"}},
              {settings.web_client, {"/admin", "/admin/"}, {}}};
}

bool Clients::knows(std::string_view client) const {
  return std::any_of(clients_.begin(), clients_.end(),
                     [client](const Client& known) { return known.name == client; });
}

bool Clients::allows(std::string_view client, std::string_view redirect_uri,
                     std::string_view own_origin) const {
  for (const auto& known : clients_) {
    if (known.name != client) continue;
    if (contains(known.exact, redirect_uri)) return true;
    for (const auto& path : known.paths) {
      const auto is_at = [&](std::string_view origin) {
        return !origin.empty() && redirect_uri.size() == origin.size() + path.size() &&
               redirect_uri.starts_with(origin) && redirect_uri.ends_with(path);
      };
      if (is_at(own_origin) || std::any_of(origins_.begin(), origins_.end(), is_at)) return true;
    }
  }
  return false;
}

bool AuthorizationRequest::prompts(std::string_view what) const {
  std::string_view rest = prompt;
  while (!rest.empty()) {
    const auto word = rest.substr(0, rest.find(' '));
    if (word == what) return true;
    rest.remove_prefix(std::min(rest.size(), word.size() + 1));
  }
  return false;
}

std::string AuthorizationRequest::location(const FormFields& parameters) const {
  std::string text = redirect_uri;
  char separator = is_fragment ? '#' : '?';
  const auto append = [&](std::string_view name, std::string_view value) {
    text += separator;
    text.append(name).append("=").append(percent_encode(value));
    separator = '&';
  };
  for (const auto& [name, value] : parameters) {
    if (!value.empty()) append(name, value);
  }
  if (!state.empty()) append("state", state);
  return text;
}

CheckedRequest check_authorization_request(const FormFields& query, const Clients& clients,
                                           std::string_view own_origin) {
  if (has_repetition(query)) return NotRedirectable{"The request names something twice."};
  AuthorizationRequest request{.client = std::string(form_field(query, "client_id")),
                               .redirect_uri = std::string(form_field(query, "redirect_uri")),
                               .state = std::string(form_field(query, "state")),
                               .nonce = std::string(form_field(query, "nonce")),
                               .scope = std::string(form_field(query, "scope")),
                               .challenge = std::string(form_field(query, "code_challenge")),
                               .prompt = std::string(form_field(query, "prompt")),
                               .login_hint = std::string(form_field(query, "login_hint")),
                               .max_age = {},
                               .is_fragment = form_field(query, "response_mode") == "fragment"};
  // RFC 6749 4.1.2.1: with these two in doubt nobody is redirected.
  if (!clients.knows(request.client)) {
    return NotRedirectable{"The program that sent you here is not known to this server."};
  }
  if (!clients.allows(request.client, request.redirect_uri, own_origin)) {
    return NotRedirectable{
        "The program that sent you here wants the answer at an address that is not its own."};
  }
  const auto max_age = form_field(query, "max_age");
  std::int64_t seconds = 0;
  const auto parsed = std::from_chars(max_age.data(), max_age.data() + max_age.size(), seconds);
  if (!max_age.empty() && parsed.ec == std::errc() && seconds >= 0 &&
      parsed.ptr == max_age.data() + max_age.size()) {
    request.max_age = seconds;
  }
  if (const auto refusal = refusal_of(query, request)) {
    return RefusedBack{
        request.location({{"error", refusal->error}, {"error_description", refusal->description}})};
  }
  return request;
}

}  // namespace hubbub
