#include "rest/provider/open_id_pages.h"

#include "rest/provider/account_forms.h"
#include "rest/provider/html.h"

namespace hubbub {

std::string OpenIdPages::endpoint(const std::string& name) const {
  return provider_.path() + "/protocol/openid-connect/" + name;
}

HttpResponse OpenIdPages::show_problem(const PageRequest& request, const Error& error) {
  const auto body = paragraph(page_text(error)) + button_link("/", "To the start page");
  return page(request, page_status(error), document(server_name_, "That did not work", body));
}

// --- authorization ---

HttpResponse OpenIdPages::authorize(const PageRequest& request, bool is_registration) {
  const auto checked = provider_.check(request.query, request.own_origin);
  if (const auto* problem = std::get_if<NotRedirectable>(&checked)) {
    return show_problem(request, Error{Code::kInvalid, problem->text});
  }
  if (const auto* refused = std::get_if<RefusedBack>(&checked)) {
    return redirect(request, refused->location);
  }
  const auto& wanted = std::get<AuthorizationRequest>(checked);
  const bool is_new = is_registration || wanted.prompts("create");
  if (request.is_post()) {
    return is_new ? post_sign_up(request, wanted) : post_sign_in(request, wanted);
  }
  auto signed_in = accounts_.find(request.sign_in_cookie);
  if (!signed_in) return show_problem(request, signed_in.error());
  if (*signed_in && !is_new && !wanted.prompts("login")) {
    const auto age = accounts_.now() - (*signed_in)->sign_in.created_at;
    if (!wanted.max_age || age <= std::chrono::seconds(*wanted.max_age)) {
      const auto location = provider_.grant(wanted, (*signed_in)->sign_in);
      if (location) return redirect(request, *location);
      // It may have ended this very moment; else the database is gone.
      if (location.error().code != Code::kForbidden) return show_problem(request, location.error());
    }
  }
  if (wanted.prompts("none")) return redirect(request, provider_.refuse(wanted, "login_required"));
  return is_new ? show_sign_up(request, wanted, std::nullopt)
                : show_sign_in(request, wanted, std::nullopt);
}

HttpResponse OpenIdPages::post_sign_in(const PageRequest& request,
                                       const AuthorizationRequest& wanted) {
  if (const auto problem = check_posted_form(request))
    return show_sign_in(request, wanted, *problem);
  const auto signed_in = accounts_.sign_in(request.form_text("username"),
                                           request.form_text("password"), request.http.address);
  if (!signed_in) return show_sign_in(request, wanted, signed_in.error());
  return send_back(request, wanted, signed_in);
}

HttpResponse OpenIdPages::post_sign_up(const PageRequest& request,
                                       const AuthorizationRequest& wanted) {
  if (const auto problem = check_posted_form(request))
    return show_sign_up(request, wanted, *problem);
  const auto signed_in =
      accounts_.sign_up(request.form_text("username"), request.form_text("password"),
                        request.form_text("code"), request.http.address);
  if (!signed_in) return show_sign_up(request, wanted, signed_in.error());
  return send_back(request, wanted, signed_in);
}

HttpResponse OpenIdPages::send_back(const PageRequest& request, const AuthorizationRequest& wanted,
                                    const Result<SignedIn>& signed_in) {
  const auto location = provider_.grant(wanted, signed_in->sign_in);
  auto response = location ? redirect(request, *location) : show_problem(request, location.error());
  set_sign_in_cookie(response, request, signed_in->cookie);
  return response;
}

HttpResponse OpenIdPages::show_sign_in(const PageRequest& request,
                                       const AuthorizationRequest& wanted,
                                       const std::optional<Error>& error) {
  const auto typed = request.is_post() ? request.form_text("username") : wanted.login_hint;
  auto form = sign_in_form(endpoint("auth") + "?" + request.http.query, request.form_token, typed);
  show_error(form, error);
  auto body = form_html(form);
  const bool may_sign_up =
      accounts_.settings().sign_up != SignUp::kClosed || !request.query_field("invite").empty();
  body += "<p class=\"after\">";
  if (may_sign_up) {
    body += "New here? " +
            link(endpoint("registrations") + "?" + request.http.query, "Create an account") +
            "<br>";
  }
  body += "Password forgotten? Ask an administrator for a new link.</p>";
  return page(request, error ? page_status(*error) : 200, document(server_name_, "Sign in", body),
              wanted.redirect_uri);
}

HttpResponse OpenIdPages::show_sign_up(const PageRequest& request,
                                       const AuthorizationRequest& wanted,
                                       const std::optional<Error>& error) {
  const auto code = request.is_post() ? request.form_text("code") : request.query_field("invite");
  auto form = sign_up_form({.action = endpoint("registrations") + "?" + request.http.query,
                            .form_token = request.form_token,
                            .username = request.form_text("username"),
                            .code = code,
                            .shows_code = accounts_.settings().sign_up != SignUp::kOpen});
  show_error(form, error);
  const auto body = form_html(form) + "<p class=\"after\">Have an account already? " +
                    link(endpoint("auth") + "?" + request.http.query, "Sign in") + "</p>";
  return page(request, error ? page_status(*error) : 200,
              document(server_name_, "Create your account", body), wanted.redirect_uri);
}

// --- sign-out ---

HttpResponse OpenIdPages::log_out(const PageRequest& request) {
  const auto& parameters = request.is_post() ? request.form : request.query;
  const auto wanted = provider_.check_logout(parameters, request.own_origin);
  if (!wanted) return show_problem(request, wanted.error());
  auto signed_in = accounts_.find(request.sign_in_cookie);
  if (!signed_in) return show_problem(request, signed_in.error());
  const bool is_confirmed = request.is_post() && !check_posted_form(request);
  if (wanted->needs_confirmation && *signed_in && !is_confirmed) {
    const Form form{.action = endpoint("logout"),
                    .fields = {},
                    .hidden = {{"form_token", request.form_token}},
                    .button = "Sign out"};
    const auto body =
        paragraph("You are signed in as " + (*signed_in)->account.username + ".") + form_html(form);
    return page(request, 200, document(server_name_, "Sign out?", body));
  }
  Status done;
  if (!wanted->sign_in_id.empty()) done = accounts_.sign_out(wanted->sign_in_id);
  if (done && *signed_in) done = accounts_.sign_out((*signed_in)->sign_in.id);
  if (!done) return show_problem(request, done.error());
  auto response = wanted->location.empty() ? page(request, 200,
                                                  document(server_name_, "You are signed out",
                                                           button_link("/", "To the start page")))
                                           : redirect(request, wanted->location);
  clear_sign_in_cookie(response, request);
  return response;
}

}  // namespace hubbub
