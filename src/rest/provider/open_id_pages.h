// The pages of the OpenID provider's own flow: sign in, make an account on the way, sign out.
// Thread: any worker; all calls block.
#pragma once

#include <optional>
#include <string>

#include "auth/accounts.h"
#include "auth/provider.h"
#include "rest/provider/page_request.h"

namespace hubbub {

class OpenIdPages {
 public:
  // Borrows: accounts and provider.
  OpenIdPages(Accounts& accounts, Provider& provider, std::string server_name)
      : accounts_(accounts), provider_(provider), server_name_(std::move(server_name)) {}

  // …/auth, and …/registrations (Keycloak's), which begins with a new account. Who is signed in
  // already is sent straight back. The forms are posted to the same address, query and all, so that
  // nothing of the request can get lost on the way.
  HttpResponse authorize(const PageRequest& request, bool is_registration);
  // …/logout
  HttpResponse log_out(const PageRequest& request);

 private:
  HttpResponse post_sign_in(const PageRequest& request, const AuthorizationRequest& wanted);
  HttpResponse post_sign_up(const PageRequest& request, const AuthorizationRequest& wanted);
  HttpResponse show_sign_in(const PageRequest& request, const AuthorizationRequest& wanted,
                            const std::optional<Error>& error);
  HttpResponse show_sign_up(const PageRequest& request, const AuthorizationRequest& wanted,
                            const std::optional<Error>& error);
  HttpResponse send_back(const PageRequest& request, const AuthorizationRequest& wanted,
                         const Result<SignedIn>& signed_in);
  HttpResponse show_problem(const PageRequest& request, const Error& error);
  [[nodiscard]] std::string endpoint(const std::string& name) const;

  Accounts& accounts_;
  Provider& provider_;
  const std::string server_name_;
};

}  // namespace hubbub
