#include "rest/provider/provider_routes.h"

#include <algorithm>
#include <array>
#include <memory>

#include "rest/provider/html.h"
#include "rest/provider/page_request.h"

namespace hubbub {
namespace {

constexpr std::array<std::string_view, 5> kPages = {"/setup", "/join", "/welcome", "/reset",
                                                    "/account"};
// What programs ask from any page (Fetch, CORS): no cookie counts there, so any origin may.
constexpr std::array<std::string_view, 4> kOpenEndpoints = {"certs", "token", "userinfo", "revoke"};

bool is_one_of(std::string_view text, const auto& texts) {
  return std::find(texts.begin(), texts.end(), text) != texts.end();
}

HttpResponse open_to_all(HttpResponse response) {
  response.set_header("Access-Control-Allow-Origin", "*");
  response.set_header("Access-Control-Allow-Methods", "GET, POST, OPTIONS");
  response.set_header("Access-Control-Allow-Headers", "Content-Type, Authorization");
  return response;
}

HttpResponse plain(int status, std::string text) {
  return {status,
          {{"Content-Type", "text/plain; charset=utf-8"}, {"X-Content-Type-Options", "nosniff"}},
          std::move(text)};
}

HttpResponse cacheable(std::string json) {
  auto response = json_answer(200, std::move(json));
  response.set_header("Cache-Control", "public, max-age=60");
  return open_to_all(std::move(response));
}

// RFC 6750 2.1
std::string bearer_token(const HttpRequest& request) {
  const auto value = request.header("Authorization");
  constexpr std::string_view kScheme = "Bearer ";
  const bool is_bearer = value.size() > kScheme.size() &&
                         equal_ignoring_case(value.substr(0, kScheme.size()), kScheme);
  return is_bearer ? std::string(value.substr(kScheme.size())) : "";
}

HttpResponse from_answer(ProviderAnswer answer) {
  auto response = open_to_all(json_answer(answer.status, std::move(answer.json)));
  response.set_header("Pragma", "no-cache");  // RFC 6749 5.1
  if (answer.status == 401) {
    response.set_header("WWW-Authenticate", "Bearer error=\"invalid_token\"");
  }
  return response;
}

bool is_read(const HttpRequest& request) {
  return request.method == "GET" || request.method == "HEAD";
}

HttpResponse method_not_allowed() { return plain(405, "Method Not Allowed\n"); }

}  // namespace

ProviderRoutes::ProviderRoutes(Accounts& accounts, Provider& provider, WorkerPool& workers,
                               Reactor& reactor, const std::string& server_name)
    : provider_(provider),
      workers_(workers),
      reactor_(reactor),
      endpoints_(provider.path() + "/protocol/openid-connect/"),
      open_id_pages_(accounts, provider, server_name),
      account_pages_(accounts, server_name) {}

bool ProviderRoutes::handles(const HttpRequest& request) const {
  return is_one_of(request.path, kPages) || request.path.starts_with(provider_.path() + "/");
}

std::string ProviderRoutes::endpoint_of(const HttpRequest& request) const {
  if (!request.path.starts_with(endpoints_)) return {};
  return request.path.substr(endpoints_.size());
}

void ProviderRoutes::serve(HttpRequest request, const HttpReply& reply) {
  if (auto response = answer_at_once(request)) return reply(std::move(*response));
  auto shared = std::make_shared<const HttpRequest>(std::move(request));
  const bool is_taken = workers_.run(
      reactor_, [this, shared] { return respond(*shared); },
      [reply](HttpResponse response) { reply(std::move(response)); });
  if (is_taken) return;
  auto busy = plain(503, "The server is busy. Please try again in a moment.\n");
  busy.set_header("Retry-After", "2");
  reply(std::move(busy));
}

std::optional<HttpResponse> ProviderRoutes::answer_at_once(const HttpRequest& request) const {
  if (is_one_of(request.path, kPages)) return std::nullopt;
  const auto endpoint = endpoint_of(request);
  const bool is_discovery = request.path == provider_.path() + "/.well-known/openid-configuration";
  if (request.method == "OPTIONS") return open_to_all(plain(200, ""));
  if (is_discovery || endpoint == "certs") {
    if (!is_read(request)) return method_not_allowed();
    return cacheable(is_discovery ? provider_.discovery() : provider_.certificates());
  }
  const bool is_known = is_one_of(endpoint, kOpenEndpoints) || endpoint == "auth" ||
                        endpoint == "registrations" || endpoint == "logout";
  if (!is_known) return plain(404, "404 page not found\n");
  return std::nullopt;
}

HttpResponse ProviderRoutes::respond(const HttpRequest& request) {
  const auto endpoint = endpoint_of(request);
  return is_one_of(endpoint, kOpenEndpoints) ? respond_endpoint(endpoint, request)
                                             : respond_page(request);
}

HttpResponse ProviderRoutes::respond_endpoint(const std::string& endpoint,
                                              const HttpRequest& request) {
  if (endpoint == "userinfo") {
    if (!is_read(request) && request.method != "POST") return method_not_allowed();
    return from_answer(provider_.userinfo(bearer_token(request)));
  }
  if (request.method != "POST") return method_not_allowed();
  const auto form = parse_form(request.body);
  if (!form) {
    return from_answer({400, R"({"error":"invalid_request","error_description":"broken form"})"});
  }
  return from_answer(endpoint == "token" ? provider_.token(*form) : provider_.revoke(*form));
}

HttpResponse ProviderRoutes::respond_page(const HttpRequest& http) {
  if (!is_read(http) && http.method != "POST") return method_not_allowed();
  const auto request = read_page_request(http, provider_.settings().public_url);
  if (!request) return plain(400, "Bad Request\n");
  const auto endpoint = endpoint_of(http);
  if (endpoint == "auth") return open_id_pages_.authorize(*request, false);
  if (endpoint == "registrations") return open_id_pages_.authorize(*request, true);
  if (endpoint == "logout") return open_id_pages_.log_out(*request);
  if (http.path == "/setup") return account_pages_.set_up(*request);
  if (http.path == "/join") return account_pages_.join(*request);
  if (http.path == "/welcome") return account_pages_.welcome(*request);
  if (http.path == "/reset") return account_pages_.reset(*request);
  return account_pages_.account(*request);
}

}  // namespace hubbub
