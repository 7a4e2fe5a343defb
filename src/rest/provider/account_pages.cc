#include "rest/provider/account_pages.h"

#include "rest/provider/account_forms.h"

namespace hubbub {
namespace {

// An old page of ours may still say ?invite=.
std::string code_of(const PageRequest& request) {
  if (request.is_post()) return request.form_text("code");
  const auto code = request.query_field("code");
  return code.empty() ? request.query_field("invite") : code;
}

int status_of(const std::optional<Error>& error) { return error ? page_status(*error) : 200; }

}  // namespace

HttpResponse AccountPages::say(const PageRequest& request, int status, const std::string& title,
                               const std::string& text) {
  const auto body = paragraph(text) + button_link("/", "To the start page");
  return page(request, status, document(server_name_, title, body));
}

HttpResponse AccountPages::show_problem(const PageRequest& request, const Error& error) {
  return say(request, page_status(error), "That did not work", page_text(error));
}

HttpResponse AccountPages::signed_in_at(const PageRequest& request, const SignedIn& signed_in,
                                        const std::string& location) {
  auto response = redirect(request, location);
  set_sign_in_cookie(response, request, signed_in.cookie);
  return response;
}

// --- new accounts ---

HttpResponse AccountPages::set_up(const PageRequest& request) {
  const auto code = code_of(request);
  const auto invitation = accounts_.find_invitation(code);
  if (!invitation) return show_problem(request, invitation.error());
  if (!*invitation || (*invitation)->kind != InvitationKind::kSetup) {
    return say(request, 403, "This link does not work any more",
               "It is for the first administrator only, and there is one. Sign in, or ask for an "
               "invitation.");
  }
  return make_account(request, {.path = "/setup",
                                .title = "Set up " + server_name_,
                                .text = "This account will be the administrator's.",
                                .code = code,
                                .is_code_good = true});
}

HttpResponse AccountPages::join(const PageRequest& request) {
  const auto code = code_of(request);
  const auto invitation = accounts_.find_invitation(code);
  if (!invitation) return show_problem(request, invitation.error());
  const bool is_code_good = *invitation && (*invitation)->kind != InvitationKind::kSetup;
  const auto sign_up = accounts_.settings().sign_up;
  if (!is_code_good && !code.empty() && !request.is_post()) {
    return say(request, 403, "This invitation does not work any more",
               "It was used already, or is too old. Ask whoever sent it for a new one.");
  }
  if (!is_code_good && sign_up == SignUp::kClosed) {
    return say(request, 403, "By invitation only",
               "New accounts are made by invitation here. Ask somebody who is in for a link.");
  }
  return make_account(request,
                      {.path = "/join",
                       .title = "Join " + server_name_,
                       .text = is_code_good ? "You are invited. Choose a name and a password."
                                            : "Choose a name and a password.",
                       .code = code,
                       .is_code_good = is_code_good || sign_up == SignUp::kOpen});
}

HttpResponse AccountPages::make_account(const PageRequest& request, const Invited& invited) {
  if (!request.is_post()) return show_sign_up(request, invited, std::nullopt);
  if (const auto problem = check_posted_form(request))
    return show_sign_up(request, invited, *problem);
  const auto signed_in =
      accounts_.sign_up(request.form_text("username"), request.form_text("password"), invited.code,
                        request.http.address);
  if (!signed_in) return show_sign_up(request, invited, signed_in.error());
  return signed_in_at(request, *signed_in, "/welcome");
}

HttpResponse AccountPages::show_sign_up(const PageRequest& request, const Invited& invited,
                                        const std::optional<Error>& error) {
  auto form = sign_up_form({.action = invited.path,
                            .form_token = request.form_token,
                            .username = request.form_text("username"),
                            .code = invited.code,
                            .shows_code = !invited.is_code_good});
  show_error(form, error);
  return page(request, status_of(error),
              document(server_name_, invited.title, paragraph(invited.text) + form_html(form)));
}

HttpResponse AccountPages::welcome(const PageRequest& request) {
  const auto signed_in = accounts_.find(request.sign_in_cookie);
  if (!signed_in) return show_problem(request, signed_in.error());
  if (!*signed_in) return redirect(request, "/");
  const auto body = paragraph("Your account is ready, and you are signed in on this device.") +
                    button_link("/", "Open the chat");
  return page(request, 200,
              document(server_name_, "You are in, " + (*signed_in)->account.username, body,
                       "<meta http-equiv=\"refresh\" content=\"3;url=/\">"));
}

// --- reset ---

HttpResponse AccountPages::reset(const PageRequest& request) {
  const auto code = code_of(request);
  const auto account = accounts_.find_reset(code);
  if (!account) return show_problem(request, account.error());
  if (!*account || (*account)->is_disabled) {
    return say(request, 403, "This link does not work any more",
               "It was used already, or is older than a day. Ask an administrator for a new one.");
  }
  if (!request.is_post()) return show_reset(request, **account, std::nullopt);
  if (const auto problem = check_posted_form(request))
    return show_reset(request, **account, *problem);
  const auto signed_in =
      accounts_.reset_password(code, request.form_text("password"), request.http.address);
  if (!signed_in) return show_reset(request, **account, signed_in.error());
  return signed_in_at(request, *signed_in, "/welcome");
}

HttpResponse AccountPages::show_reset(const PageRequest& request, const Account& account,
                                      const std::optional<Error>& error) {
  auto form = new_password_form("/reset", request.form_token, false);
  form.hidden.emplace_back("code", code_of(request));
  show_error(form, error);
  return page(request, status_of(error),
              document(server_name_, "A new password",
                       paragraph("For the account " + account.username + ".") + form_html(form)));
}

// --- one's own account ---

HttpResponse AccountPages::account(const PageRequest& request) {
  const bool is_sign_in = request.is_post() && request.form_text("action") == "sign_in";
  if (is_sign_in) {
    if (const auto problem = check_posted_form(request)) return show_sign_in(request, *problem);
    const auto signed_in = accounts_.sign_in(request.form_text("username"),
                                             request.form_text("password"), request.http.address);
    if (!signed_in) return show_sign_in(request, signed_in.error());
    return signed_in_at(request, *signed_in, "/account");
  }
  const auto signed_in = accounts_.find(request.sign_in_cookie);
  if (!signed_in) return show_problem(request, signed_in.error());
  if (!*signed_in) return show_sign_in(request, std::nullopt);
  if (request.is_post()) return post_account(request, **signed_in);
  return show_account(request, (*signed_in)->account, std::nullopt, "");
}

HttpResponse AccountPages::post_account(const PageRequest& request, const SignedIn& signed_in) {
  const auto& account = signed_in.account;
  if (const auto problem = check_posted_form(request)) {
    return show_account(request, account, *problem, "");
  }
  if (request.form_text("action") == "sign_out_everywhere") {
    if (const auto done = accounts_.sign_out_everywhere(account.id); !done) {
      return show_problem(request, done.error());
    }
    auto response = say(request, 200, "You are signed out",
                        "On all devices; one that is in the chat now within five minutes.");
    clear_sign_in_cookie(response, request);
    return response;
  }
  const auto changed =
      accounts_.change_password(account.id, request.form_text("current"),
                                request.form_text("password"), request.http.address);
  if (!changed) return show_account(request, account, changed.error(), "");
  auto response = show_account(request, account, std::nullopt,
                               "Your password is changed. Other devices must sign in again.");
  set_sign_in_cookie(response, request, changed->cookie);
  return response;
}

HttpResponse AccountPages::show_account(const PageRequest& request, const Account& account,
                                        const std::optional<Error>& error,
                                        const std::string& notice) {
  auto password = new_password_form("/account", request.form_token, true);
  password.hidden.emplace_back("action", "change_password");
  show_error(password, error);
  const Form sign_out{
      .action = "/account",
      .fields = {},
      .hidden = {{"form_token", request.form_token}, {"action", "sign_out_everywhere"}},
      .button = "Sign out on all devices"};
  std::string body;
  if (!notice.empty())
    body += "<p role=\"status\"><strong>" + escape_html(notice) + "</strong></p>";
  body += paragraph("You are signed in as " + account.username + ".");
  body += "<h2>Change your password</h2>" + form_html(password);
  body += "<h2>Lost a device?</h2>" + form_html(sign_out);
  body += "<p class=\"after\">" + link("/", "Back to the chat") + "</p>";
  return page(request, status_of(error), document(server_name_, "Your account", body));
}

HttpResponse AccountPages::show_sign_in(const PageRequest& request,
                                        const std::optional<Error>& error) {
  auto form = sign_in_form("/account", request.form_token, request.form_text("username"));
  form.hidden.emplace_back("action", "sign_in");
  show_error(form, error);
  return page(request, status_of(error),
              document(server_name_, "Sign in to your account", form_html(form)));
}

}  // namespace hubbub
