// A request for one of the provider's pages with what all of them need, and the answers that they
// give.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/error.h"
#include "wire/http_message.h"

namespace hubbub {

struct PageRequest {
  const HttpRequest& http;
  FormFields query;
  FormFields form;             // of a POST
  std::string sign_in_cookie;  // the secret; empty: none
  std::string form_token;      // what the cookie says, or a new one
  bool had_form_cookie = false;
  std::string own_origin;  // request_origin.h
  std::string public_url;

  [[nodiscard]] bool is_post() const { return http.method == "POST"; }
  [[nodiscard]] std::string query_field(std::string_view name) const;
  [[nodiscard]] std::string form_text(std::string_view name) const;
};

// Errors: kInvalid: query or form are not well encoded.
Result<PageRequest> read_page_request(const HttpRequest& http, const std::string& public_url);

// Why a posted form is not taken: it did not come from a page that this server gave to this
// browser. The form's token is a second copy of a cookie that other sites can neither read nor send
// along (SameSite=Lax); the Origin is checked besides.
std::optional<Error> check_posted_form(const PageRequest& request);

// A page: with the security headers, and with the form cookie where the browser has none yet.
// `redirect_uri` (may be empty): where a form on it may lead. Chromium holds redirects after a form
// to form-action too.
HttpResponse page(const PageRequest& request, int status, std::string html,
                  const std::string& redirect_uri = {});
HttpResponse redirect(const PageRequest& request, const std::string& location);
HttpResponse json_answer(int status, std::string json);

void set_sign_in_cookie(HttpResponse& response, const PageRequest& request,
                        const std::string& secret);
void clear_sign_in_cookie(HttpResponse& response, const PageRequest& request);

// The status of a page that shows this error.
int page_status(const Error& error);
// The sentence for the person: of what failed inside the server they learn only that it did.
std::string page_text(const Error& error);

}  // namespace hubbub
