#include "hub/sign_outs.h"

#include <algorithm>
#include <utility>

namespace hubbub {
namespace {

// One map for three kinds of names.
std::string of_sign_in(std::string_view id) { return "s" + std::string(id); }
// Everything of the user.
std::string of_user(const UserId& user) { return "u" + user.value; }
// What does not tell its session: it may be the one that ended.
std::string of_untold(const UserId& user) { return "x" + user.value; }

bool is_not_after(std::optional<Time> issued_at, Time at) { return !issued_at || *issued_at <= at; }

}  // namespace

bool is_ended_by(const SignOut& sign_out, const IssuedToken& token) {
  if (!sign_out.sign_in.empty() && !token.sign_in.empty()) return sign_out.sign_in == token.sign_in;
  return sign_out.user == token.user && is_not_after(token.issued_at, sign_out.at);
}

void SignOuts::add(const SignOut& sign_out, Time now) {
  while (!order_.empty() && now >= order_.front().until) forget_first();
  if (sign_out.sign_in.empty()) return keep(of_user(sign_out.user), sign_out.at, now);
  keep(of_sign_in(sign_out.sign_in), sign_out.at, now);
  if (!sign_out.user.empty()) keep(of_untold(sign_out.user), sign_out.at, now);
}

void SignOuts::keep(std::string key, Time at, Time now) {
  auto& newest = newest_.try_emplace(key, at).first->second;
  newest = std::max(newest, at);
  order_.push_back({std::move(key), at, now + kept_});
  if (order_.size() > count_max_) forget_first();
}

void SignOuts::forget_first() {
  const auto& first = order_.front();
  const auto found = newest_.find(first.key);
  if (found != newest_.end() && found->second <= first.at) newest_.erase(found);
  floor_ = std::max(floor_.value_or(first.at), first.at);
  order_.pop_front();
}

bool SignOuts::has_ended(const IssuedToken& token) const {
  if (floor_ && token.issued_at && *token.issued_at <= *floor_) return true;
  if (newest_.empty()) return false;
  if (has_ended(of_user(token.user), token.issued_at)) return true;
  if (token.sign_in.empty()) return has_ended(of_untold(token.user), token.issued_at);
  return newest_.contains(of_sign_in(token.sign_in));
}

bool SignOuts::has_ended(const std::string& key, std::optional<Time> issued_at) const {
  const auto found = newest_.find(key);
  return found != newest_.end() && is_not_after(issued_at, found->second);
}

}  // namespace hubbub
