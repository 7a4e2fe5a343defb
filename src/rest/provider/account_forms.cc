#include "rest/provider/account_forms.h"

#include "rest/provider/page_request.h"

namespace hubbub {
namespace {

constexpr const char* kPasswordHint = "8 characters or more. A few words are easier to remember.";

}  // namespace

Form sign_in_form(std::string action, std::string form_token, std::string username) {
  const bool is_named = !username.empty();
  return {.action = std::move(action),
          .fields = {{.name = "username",
                      .label = "Username",
                      .value = std::move(username),
                      .autocomplete = "username",
                      .is_first = !is_named},
                     {.name = "password",
                      .label = "Password",
                      .type = "password",
                      .autocomplete = "current-password",
                      .is_first = is_named}},
          .hidden = {{"form_token", std::move(form_token)}},
          .button = "Sign in"};
}

Form sign_up_form(const SignUpForm& wanted) {
  Form form{.action = wanted.action,
            .fields = {{.name = "username",
                        .label = "Username",
                        .value = wanted.username,
                        .autocomplete = "username",
                        .hint = "How others see you: letters, digits, dots, dashes, underscores.",
                        .is_first = true},
                       {.name = "password",
                        .label = "Password",
                        .type = "password",
                        .autocomplete = "new-password",
                        .hint = kPasswordHint}},
            .hidden = {{"form_token", wanted.form_token}},
            .button = "Create account"};
  if (wanted.shows_code) {
    form.fields.push_back({.name = "code",
                           .label = "Invitation code",
                           .value = wanted.code,
                           .autocomplete = "off",
                           .hint = "From whoever invited you."});
  } else {
    form.hidden.emplace_back("code", wanted.code);
  }
  return form;
}

Form new_password_form(std::string action, std::string form_token, bool asks_current) {
  Form form{.action = std::move(action),
            .fields = {},
            .hidden = {{"form_token", std::move(form_token)}},
            .button = "Set new password"};
  if (asks_current) {
    form.fields.push_back({.name = "current",
                           .label = "Current password",
                           .type = "password",
                           .autocomplete = "current-password"});
  }
  form.fields.push_back({.name = "password",
                         .label = "New password",
                         .type = "password",
                         .autocomplete = "new-password",
                         .hint = kPasswordHint,
                         .is_first = !asks_current});
  return form;
}

void show_error(Form& form, const std::optional<Error>& error) {
  if (!error) return;
  for (auto& field : form.fields) field.is_first = false;
  for (auto& field : form.fields) {
    if (field.name == error->field) {
      field.error = page_text(*error);
      field.is_first = true;
      return;
    }
  }
  form.error = page_text(*error);
}

}  // namespace hubbub
