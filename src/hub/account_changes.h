// What administrators changed of built-in accounts within the life of a token: one that was made
// before still carries the old role.
//
// Lives on one reactor. Holds as many people as were changed within `kept`.
#pragma once

#include <chrono>
#include <optional>
#include <unordered_map>

#include "base/clock.h"
#include "wire/account_change.h"

namespace hubbub {

class AccountChanges {
 public:
  explicit AccountChanges(std::chrono::seconds kept) : kept_(kept) {}

  void add(const AccountChange& change, Time now);
  // The last change of this person that tokens in use may contradict.
  [[nodiscard]] std::optional<AccountChange> find(const UserId& user, Time now) const;

 private:
  struct Kept {
    AccountChange change;
    Time until;
  };

  const std::chrono::seconds kept_;
  std::unordered_map<UserId, Kept> changes_;
};

}  // namespace hubbub
