// The built-in accounts put together: for the server, and for `hubbub user` beside it.
#pragma once

#include <cstdint>
#include <memory>

#include "app/settings.h"
#include "auth/accounts.h"
#include "auth/provider.h"
#include "base/error.h"

namespace hubbub {

class BuiltInAccounts {
 public:
  // REQUIRES: settings.public_url. Errors: kUnavailable with a sentence for the operator.
  static Result<std::unique_ptr<BuiltInAccounts>> open(const Settings& settings,
                                                       std::uint16_t port);

  Accounts& accounts() { return accounts_; }
  Provider& provider() { return provider_; }

 private:
  BuiltInAccounts(std::unique_ptr<AccountStore> store, SigningKey key, const Settings& settings,
                  std::uint16_t port);

  std::unique_ptr<AccountStore> store_;
  Accounts accounts_;
  Provider provider_;
};

}  // namespace hubbub
