// The forms with a password, as several pages show them. Pure.
#pragma once

#include <optional>
#include <string>

#include "base/error.h"
#include "rest/provider/html.h"

namespace hubbub {

Form sign_in_form(std::string action, std::string form_token, std::string username);

struct SignUpForm {
  std::string action;
  std::string form_token;
  std::string username = {};
  std::string code = {};
  bool shows_code = true;  // false: the code, if any, goes along unseen
};
Form sign_up_form(const SignUpForm& wanted);

Form new_password_form(std::string action, std::string form_token, bool asks_current);

// Puts the error beside the field that it names, or above the form.
void show_error(Form& form, const std::optional<Error>& error);

}  // namespace hubbub
