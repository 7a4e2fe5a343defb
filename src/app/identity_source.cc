#include "app/identity_source.h"

#include <utility>

#include "auth/issuer.h"

namespace hubbub {
namespace {

// An OpenID provider elsewhere.
class ForeignIssuer final : public IdentitySource {
 public:
  ForeignIssuer(const TokenPolicy& policy, const IssuerSettings& issuer, Reactor& home,
                WorkerPool& workers)
      : issuer_(issuer.issuer),
        keys_(key_fetch(issuer), home, workers, system_clock()),
        tokens_(policy, keys_, system_clock()) {}

  void start() override { keys_.start(); }
  TokenVerifier& tokens() override { return tokens_; }
  [[nodiscard]] std::string issuer() const override { return issuer_; }
  std::vector<Api::Mount> routes(Reactor&) override { return {}; }
  std::string first_steps() override { return {}; }

 private:
  const std::string issuer_;
  KeySource keys_;
  TokenVerifier tokens_;
};

}  // namespace

Result<std::unique_ptr<IdentitySource>> IdentitySource::open(const Settings& settings,
                                                             std::uint16_t, Reactor& home,
                                                             WorkerPool& workers, Metrics&) {
  TokenPolicy policy = settings.tokens;
  if (!settings.issuer.empty()) {
    const IssuerSettings issuer{settings.issuer, settings.jwks_url};
    if (auto valid = check_issuer(issuer); !valid) return valid.error();
    policy.issuer = settings.issuer;
    return std::make_unique<ForeignIssuer>(policy, issuer, home, workers);
  }
  return Error{Code::kInvalid, "built-in accounts come next"};
}

}  // namespace hubbub
