#include "app/identity_source.h"

#include <utility>

#include "app/built_in_accounts.h"
#include "auth/issuer.h"
#include "rest/provider/provider_routes.h"

namespace hubbub {
namespace {

// An OpenID provider elsewhere.
class ForeignIssuer final : public IdentitySource {
 public:
  ForeignIssuer(const TokenPolicy& policy, const IssuerSettings& issuer, Reactor& home,
                WorkerPool& workers)
      : issuer_(issuer.issuer),
        keys_(key_fetch(issuer, endpoints_), home, workers, system_clock()),
        tokens_(policy, keys_, system_clock()),
        logouts_(policy, keys_, system_clock()) {}

  void start() override { keys_.start(); }
  void stop() override {}
  TokenVerifier& tokens() override { return tokens_; }
  [[nodiscard]] std::string issuer() const override { return issuer_; }
  std::vector<Api::Mount> routes(Reactor&) override { return {}; }
  AccountAccess* accounts() override { return nullptr; }
  const IssuerAccess* issuer_access() override { return &access_; }
  std::string first_steps() override { return {}; }

 private:
  const std::string issuer_;
  Published<IssuerEndpoints> endpoints_;
  KeySource keys_;
  TokenVerifier tokens_;
  LogoutTokens logouts_;
  const IssuerAccess access_{endpoints_, logouts_};
};

// Passwords are slow on purpose and take 64 MiB each: few at once, and a short queue.
constexpr std::size_t kPasswordWorkers = 2;
constexpr std::size_t kPasswordJobsMax = 64;

// Accounts of our own, and the OpenID provider over them.
class OwnIssuer final : public IdentitySource {
 public:
  OwnIssuer(std::unique_ptr<BuiltInAccounts> accounts, TokenPolicy policy, std::string server_name)
      : accounts_(std::move(accounts)),
        server_name_(std::move(server_name)),
        workers_(kPasswordWorkers, kPasswordJobsMax),
        access_(accounts_->accounts(), workers_),
        keys_(accounts_->provider().keys()),
        tokens_(std::move(policy), keys_, system_clock()) {}

  void start() override {}
  void stop() override { workers_.stop(); }
  TokenVerifier& tokens() override { return tokens_; }
  [[nodiscard]] std::string issuer() const override { return accounts_->provider().issuer(); }

  std::vector<Api::Mount> routes(Reactor& reactor) override {
    auto& routes = routes_.emplace_back(std::make_unique<ProviderRoutes>(
        accounts_->accounts(), accounts_->provider(), workers_, reactor, server_name_));
    return {{[&routes = *routes](const HttpRequest& request) { return routes.handles(request); },
             [&routes = *routes](HttpRequest request, HttpReply reply) {
               routes.serve(std::move(request), std::move(reply));
             }}};
  }

  AccountAccess* accounts() override { return &access_; }
  const IssuerAccess* issuer_access() override { return nullptr; }

  std::string first_steps() override {
    std::string steps;
    if (const auto link = accounts_->accounts().setup_link()) {
      steps += "  Become the administrator (works once)\n        " + *link + "\n";
    }
    if (const auto link = accounts_->accounts().invitation_link()) {
      steps +=
          "  Invite the next person, or use a private window yourself\n        " + *link + "\n";
    }
    return steps;
  }

 private:
  std::unique_ptr<BuiltInAccounts> accounts_;
  const std::string server_name_;
  WorkerPool workers_;
  AccountAccess access_;
  std::vector<std::unique_ptr<ProviderRoutes>> routes_;
  KeySource keys_;
  TokenVerifier tokens_;
};

}  // namespace

Result<std::unique_ptr<IdentitySource>> IdentitySource::open(const Settings& settings,
                                                             std::uint16_t port, Reactor& home,
                                                             WorkerPool& workers) {
  TokenPolicy policy = settings.tokens;
  if (!settings.issuer.empty()) {
    const IssuerSettings issuer{settings.issuer, settings.jwks_url};
    if (auto valid = check_issuer(issuer); !valid) return valid.error();
    policy.issuer = settings.issuer;
    return std::make_unique<ForeignIssuer>(policy, issuer, home, workers);
  }
  auto accounts = BuiltInAccounts::open(settings, port);
  if (!accounts) return accounts.error();
  policy.issuer = (*accounts)->provider().issuer();
  policy.roles_path = TokenPolicy().roles_path;  // our own tokens have them there
  return std::make_unique<OwnIssuer>(std::move(*accounts), std::move(policy), settings.server_name);
}

}  // namespace hubbub
