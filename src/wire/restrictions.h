// Everyone who is banned or muted, as of one commit. What ended by time may still be in it: every
// question is asked with the present time, so a ban ends without anybody doing anything.
//
// Pure; never changes once published, shared by all threads.
#pragma once

#include <optional>
#include <unordered_map>
#include <vector>

#include "base/clock.h"
#include "base/ids.h"

namespace hubbub {

// How long something holds; without an end until it is lifted.
struct Term {
  std::optional<Time> end;
  [[nodiscard]] bool holds_at(Time now) const { return !end || now < *end; }
  bool operator==(const Term&) const = default;
};

struct MuteTerm {
  ChannelId channel;  // 0: everywhere, private messages too
  Term term;
  bool operator==(const MuteTerm&) const = default;
};

class Restrictions {
 public:
  // Of several bans of one person the one that lasts longest counts.
  void ban(const UserId& user, const Term& term);
  void mute(const UserId& user, const MuteTerm& mute);

  // The term that holds at `now`, if any.
  [[nodiscard]] std::optional<Term> ban_of(const UserId& user, Time now) const;
  // `channel`: 0 for a private message. The longest of those that hold there.
  [[nodiscard]] std::optional<Term> mute_of(const UserId& user, ChannelId channel, Time now) const;

  bool operator==(const Restrictions&) const = default;

 private:
  std::unordered_map<UserId, Term> bans_;
  std::unordered_map<UserId, std::vector<MuteTerm>> mutes_;
};

}  // namespace hubbub
