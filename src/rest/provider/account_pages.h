// The pages that links lead to: first set-up, invitation, reset; and one's own account.
// Thread: any worker; all calls block.
#pragma once

#include <optional>
#include <string>

#include "auth/accounts.h"
#include "rest/provider/html.h"
#include "rest/provider/page_request.h"

namespace hubbub {

class AccountPages {
 public:
  // Borrows: accounts.
  AccountPages(Accounts& accounts, std::string server_name)
      : accounts_(accounts), server_name_(std::move(server_name)) {}

  // /setup?code=… and /join?code=…: a new account, signed in at once, then /welcome.
  HttpResponse set_up(const PageRequest& request);
  HttpResponse join(const PageRequest& request);
  // "You are in", and on to the chat by itself.
  HttpResponse welcome(const PageRequest& request);
  // /reset?code=…
  HttpResponse reset(const PageRequest& request);
  // /account: sign in, change the password, sign out everywhere.
  HttpResponse account(const PageRequest& request);

 private:
  struct Invited {
    std::string path;
    std::string title;
    std::string text;
    std::string code;
    bool is_code_good = false;
  };
  HttpResponse make_account(const PageRequest& request, const Invited& invited);
  HttpResponse show_sign_up(const PageRequest& request, const Invited& invited,
                            const std::optional<Error>& error);
  HttpResponse show_reset(const PageRequest& request, const Account& account,
                          const std::optional<Error>& error);
  HttpResponse show_account(const PageRequest& request, const Account& account,
                            const std::optional<Error>& error, const std::string& notice);
  HttpResponse show_sign_in(const PageRequest& request, const std::optional<Error>& error);
  HttpResponse post_account(const PageRequest& request, const SignedIn& signed_in);
  // A page that only says something, with a way on.
  HttpResponse say(const PageRequest& request, int status, const std::string& title,
                   const std::string& text);
  HttpResponse show_problem(const PageRequest& request, const Error& error);
  static HttpResponse signed_in_at(const PageRequest& request, const SignedIn& signed_in,
                                   const std::string& location);

  Accounts& accounts_;
  const std::string server_name_;
};

}  // namespace hubbub
