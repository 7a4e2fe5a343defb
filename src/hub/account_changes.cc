#include "hub/account_changes.h"

namespace hubbub {

void AccountChanges::add(const AccountChange& change, Time now) {
  std::erase_if(changes_, [now](const auto& item) { return now >= item.second.until; });
  changes_.insert_or_assign(change.user, Kept{change, now + kept_});
}

std::optional<AccountChange> AccountChanges::find(const UserId& user, Time now) const {
  const auto found = changes_.find(user);
  if (found == changes_.end() || now >= found->second.until) return std::nullopt;
  return found->second.change;
}

}  // namespace hubbub
