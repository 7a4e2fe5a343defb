#include "wire/restrictions.h"

namespace hubbub {
namespace {

bool is_longer(const Term& left, const Term& right) {
  return right.end && (!left.end || *left.end > *right.end);
}

}  // namespace

void Restrictions::ban(const UserId& user, const Term& term) {
  const auto [known, is_new] = bans_.try_emplace(user, term);
  if (!is_new && is_longer(term, known->second)) known->second = term;
}

void Restrictions::mute(const UserId& user, const MuteTerm& mute) { mutes_[user].push_back(mute); }

std::optional<Term> Restrictions::ban_of(const UserId& user, Time now) const {
  const auto found = bans_.find(user);
  if (found == bans_.end() || !found->second.holds_at(now)) return std::nullopt;
  return found->second;
}

std::optional<Term> Restrictions::mute_of(const UserId& user, ChannelId channel, Time now) const {
  std::optional<Term> longest;
  const auto found = mutes_.find(user);
  if (found == mutes_.end()) return longest;
  for (const auto& mute : found->second) {
    const bool is_here = !mute.channel || mute.channel == channel;
    if (!is_here || !mute.term.holds_at(now)) continue;
    if (!longest || is_longer(mute.term, *longest)) longest = mute.term;
  }
  return longest;
}

}  // namespace hubbub
