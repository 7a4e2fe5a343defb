// The HTTP side of built-in accounts: the OpenID endpoints under /realms/<realm>/, and the pages
// /setup, /join, /welcome, /reset and /account. Only there when no HUBBUB_OIDC_ISSUER is set.
//
// serve() belongs to one reactor; there is one of these per reactor. What blocks runs on the pool.
#pragma once

#include <optional>
#include <string>

#include "auth/accounts.h"
#include "auth/provider.h"
#include "base/reactor.h"
#include "base/worker_pool.h"
#include "rest/provider/account_pages.h"
#include "rest/provider/open_id_pages.h"
#include "wire/http_message.h"

namespace hubbub {

class ProviderRoutes {
 public:
  // Borrows all but the name; destroyed after `workers` and `reactor` stopped.
  // `workers`: a pool of its own of two threads or so and a short queue (64): each password takes
  // 64 MiB for 100 ms, and what does not fit is answered 503.
  ProviderRoutes(Accounts& accounts, Provider& provider, WorkerPool& workers, Reactor& reactor,
                 const std::string& server_name = "Hubbub");

  [[nodiscard]] bool handles(const HttpRequest& request) const;
  // REQUIRES: handles(request). Thread: the reactor's.
  void serve(HttpRequest request, const HttpReply& reply);

 private:
  // What needs neither store nor password, or nothing.
  [[nodiscard]] std::optional<HttpResponse> answer_at_once(const HttpRequest& request) const;
  // Blocks; on a worker.
  HttpResponse respond(const HttpRequest& request);
  HttpResponse respond_endpoint(const std::string& endpoint, const HttpRequest& request);
  HttpResponse respond_page(const HttpRequest& request);
  [[nodiscard]] std::string endpoint_of(const HttpRequest& request) const;

  Provider& provider_;
  WorkerPool& workers_;
  Reactor& reactor_;
  const std::string endpoints_;  // "/realms/<realm>/protocol/openid-connect/"
  OpenIdPages open_id_pages_;
  AccountPages account_pages_;
};

}  // namespace hubbub
