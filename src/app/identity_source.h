// Where people come from: built-in accounts with their own provider, or an OpenID provider
// elsewhere. Either way a token is checked against a key set in the same manner.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "app/settings.h"
#include "auth/token_verifier.h"
#include "base/error.h"
#include "base/worker_pool.h"
#include "rest/api.h"

namespace hubbub {

class IdentitySource {
 public:
  virtual ~IdentitySource() = default;

  // `port`: the real one that the server listens on. Borrows the rest for its life.
  // Errors: kInvalid, kUnavailable with a sentence for the operator.
  static Result<std::unique_ptr<IdentitySource>> open(const Settings& settings, std::uint16_t port,
                                                      Reactor& home, WorkerPool& workers);

  // Before the reactors run.
  virtual void start() = 0;
  // Ends its threads, while the reactors still run.
  virtual void stop() = 0;
  virtual TokenVerifier& tokens() = 0;
  [[nodiscard]] virtual std::string issuer() const = 0;
  // What it serves itself, for one reactor. Lives as long as this.
  virtual std::vector<Api::Mount> routes(Reactor& reactor) = 0;
  // The built-in accounts, for the API; null where people are kept elsewhere.
  virtual AccountAccess* accounts() = 0;
  // The provider elsewhere, for the API; null where people are kept here.
  virtual const IssuerAccess* issuer_access() = 0;
  // For the first person to start the server; empty when there is nothing to tell.
  virtual std::string first_steps() = 0;
};

}  // namespace hubbub
