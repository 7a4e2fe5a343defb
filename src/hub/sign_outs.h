// Who signed out at the issuer: what was signed in before is not let in again.
//
// Lives on one reactor. Bounded in count and time. What is forgotten takes every token with it that
// was issued before, whoever's it is: their holders only have to refresh, and nobody who signed
// out comes back with a token that lives long.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/clock.h"
#include "base/ids.h"
#include "wire/sign_out.h"

namespace hubbub {

// A token, as far as a sign-out can end it.
struct IssuedToken {
  const UserId& user;
  std::string_view sign_in;  // the issuer's session; empty where the token does not tell
  std::optional<Time> issued_at;
};

// Where both tell the issuer's session it decides alone; else the user does, for tokens that were
// not issued after the sign-out, or do not tell when.
bool is_ended_by(const SignOut& sign_out, const IssuedToken& token);

class SignOuts {
 public:
  SignOuts(std::chrono::seconds kept, std::size_t count_max) : kept_(kept), count_max_(count_max) {}

  void add(const SignOut& sign_out, Time now);
  // Whether one of them ended it. Cost: nothing where nobody signed out, else a look-up or two.
  [[nodiscard]] bool has_ended(const IssuedToken& token) const;

 private:
  struct Kept {
    std::string key;
    Time at;
    Time until;
  };

  void keep(std::string key, Time at, Time now);
  void forget_first();
  [[nodiscard]] bool has_ended(const std::string& key, std::optional<Time> issued_at) const;

  const std::chrono::seconds kept_;
  const std::size_t count_max_;
  std::deque<Kept> order_;
  std::unordered_map<std::string, Time> newest_;
  // Of what was forgotten.
  std::optional<Time> floor_;
};

}  // namespace hubbub
