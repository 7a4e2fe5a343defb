#include "rest/provider/page_request.h"

#include "auth/secret.h"
#include "base/log_line.h"
#include "base/random.h"
#include "rest/provider/request_origin.h"
#include "wire/error_table.h"

namespace hubbub {
namespace {

constexpr std::string_view kSignInCookie = "hubbub_sign_in";
constexpr std::string_view kFormCookie = "hubbub_form";
// A prefix that browsers take over TLS only, and never from another host of the same domain (RFC
// 6265bis 4.1.3.2).
constexpr std::string_view kHostPrefix = "__Host-";
// As long as a sign-in lives (auth/accounts.cc).
constexpr int kSignInSeconds = 30 * 24 * 3600;

std::string cookie_name(const HttpRequest& http, std::string_view name) {
  return (http.is_secure ? std::string(kHostPrefix) : std::string()) + std::string(name);
}

std::string cookie(const HttpRequest& http, std::string_view name) {
  const auto wanted = cookie_name(http, name);
  for (const auto& [header, value] : http.headers) {
    if (!equal_ignoring_case(header, "Cookie")) continue;
    std::string_view rest = value;
    while (!rest.empty()) {
      auto pair = rest.substr(0, rest.find(';'));
      rest.remove_prefix(std::min(rest.size(), pair.size() + 1));
      while (pair.starts_with(' ')) pair.remove_prefix(1);
      const auto equals = pair.find('=');
      if (equals != std::string_view::npos && pair.substr(0, equals) == wanted) {
        return std::string(pair.substr(equals + 1));
      }
    }
  }
  return {};
}

void add_cookie(HttpResponse& response, const HttpRequest& http, std::string_view name,
                const std::string& value, std::string_view lifetime) {
  auto text = cookie_name(http, name) + "=" + value + "; Path=/; HttpOnly; SameSite=Lax";
  text.append(lifetime);
  if (http.is_secure) text += "; Secure";
  response.headers.emplace_back("Set-Cookie", std::move(text));
}

void add_security_headers(HttpResponse& response, const std::string& form_action) {
  response.set_header("Content-Security-Policy",
                      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; "
                      "frame-ancestors 'none'; form-action 'self'" +
                          (form_action.empty() ? "" : " " + form_action));
  response.set_header("X-Frame-Options", "DENY");
  response.set_header("X-Content-Type-Options", "nosniff");
  // Not no-referrer: with that, browsers send `Origin: null` with the forms (Fetch, "append a
  // request Origin header"), and the check of it would refuse everyone. Other sites learn nothing
  // either way.
  response.set_header("Referrer-Policy", "same-origin");
  response.set_header("Cache-Control", "no-store");
}

}  // namespace

std::string PageRequest::query_field(std::string_view name) const {
  return std::string(form_field(query, name));
}

std::string PageRequest::form_text(std::string_view name) const {
  return std::string(form_field(form, name));
}

Result<PageRequest> read_page_request(const HttpRequest& http, const std::string& public_url) {
  auto query = parse_form(http.query);
  if (!query) return query.error();
  PageRequest request{.http = http,
                      .query = std::move(*query),
                      .form = {},
                      .sign_in_cookie = cookie(http, kSignInCookie),
                      .form_token = cookie(http, kFormCookie),
                      .had_form_cookie = false,
                      .own_origin = own_origin(http),
                      .public_url = public_url};
  if (request.is_post()) {
    auto form = parse_form(http.body);
    if (!form) return form.error();
    request.form = std::move(*form);
  }
  // Ours have 43 characters; another is not put on a page.
  request.had_form_cookie = request.form_token.size() == 43;
  if (!request.had_form_cookie) request.form_token = random_token(32);
  return request;
}

std::optional<Error> check_posted_form(const PageRequest& request) {
  if (!is_from_here(request.http, request.public_url)) {
    LogLine(Level::kWarning, "form_of_foreign_origin")
        .with("origin", request.http.header("Origin"));
    return Error{Code::kForbidden, "This form was sent from another site. Nothing was done."};
  }
  const bool is_ours =
      request.had_form_cookie &&
      equal_in_constant_time(form_field(request.form, "form_token"), request.form_token);
  if (is_ours) return std::nullopt;
  return Error{Code::kForbidden,
               "Please try once more: this page had grown old, or cookies are off."};
}

HttpResponse page(const PageRequest& request, int status, std::string html,
                  const std::string& redirect_uri) {
  HttpResponse response{status, {{"Content-Type", "text/html; charset=utf-8"}}, std::move(html)};
  add_security_headers(response, origin_of(redirect_uri));
  if (!request.had_form_cookie) {
    add_cookie(response, request.http, kFormCookie, request.form_token, "");
  }
  return response;
}

HttpResponse redirect(const PageRequest& request, const std::string& location) {
  // 303: a GET follows, so that nobody's password is posted on (RFC 9700 4.12).
  HttpResponse response{request.is_post() ? 303 : 302, {{"Location", location}}, ""};
  add_security_headers(response, "");
  return response;
}

HttpResponse json_answer(int status, std::string json) {
  HttpResponse response{status, {{"Content-Type", "application/json"}}, std::move(json)};
  response.set_header("Cache-Control", "no-store");
  response.set_header("X-Content-Type-Options", "nosniff");
  return response;
}

void set_sign_in_cookie(HttpResponse& response, const PageRequest& request,
                        const std::string& secret) {
  add_cookie(response, request.http, kSignInCookie, secret,
             "; Max-Age=" + std::to_string(kSignInSeconds));
}

void clear_sign_in_cookie(HttpResponse& response, const PageRequest& request) {
  add_cookie(response, request.http, kSignInCookie, "", "; Max-Age=0");
}

int page_status(const Error& error) {
  // 401 would have to name an HTTP scheme (RFC 9110 15.5.2); a form is none.
  return error.code == Code::kUnauthorized ? 403 : error_row(error.code).http_status;
}

std::string page_text(const Error& error) {
  if (page_status(error) < 500) return error.detail;
  LogLine(Level::kError, "provider_page_failed").with("reason", error.detail);
  return "Something is wrong on the server. Please try again in a moment.";
}

}  // namespace hubbub
