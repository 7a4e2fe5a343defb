#include "app/built_in_accounts.h"

#include <utility>

namespace hubbub {

Result<std::unique_ptr<BuiltInAccounts>> BuiltInAccounts::open(const Settings& settings,
                                                               std::uint16_t port) {
  auto store = open_accounts(settings.database_url);
  if (!store) return store.error();
  auto key = SigningKey::load_or_create(settings.data_dir + "/signing_key.pem");
  if (!key) return key.error();
  return std::unique_ptr<BuiltInAccounts>(
      new BuiltInAccounts(std::move(*store), std::move(*key), settings, port));
}

BuiltInAccounts::BuiltInAccounts(std::unique_ptr<AccountStore> store, SigningKey key,
                                 const Settings& settings, std::uint16_t port)
    : store_(std::move(store)),
      accounts_(*store_,
                {.public_url = settings.public_url,
                 .sign_up = *sign_up_named(settings.sign_up),
                 .admin_role = settings.tokens.admin_role,
                 .moderator_role = settings.tokens.moderator_role},
                system_clock()),
      provider_({.public_url = settings.public_url, .realm = settings.realm, .listen_port = port},
                std::move(key), *store_, system_clock()) {}

}  // namespace hubbub
