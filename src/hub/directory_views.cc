#include "hub/directory_views.h"

#include <algorithm>
#include <memory>
#include <utility>

namespace hubbub {
namespace {

// As clients are told of it: the log's head is not part of that.
bool looks_same(const Channel& left, const Channel& right) {
  return left.name == right.name && left.description == right.description &&
         left.sort_order == right.sort_order && left.rules == right.rules;
}

}  // namespace

DirectoryViews views_of(const Shared<Directory>& whole) {
  DirectoryViews views;
  for (const auto role : kRoles) {
    const auto is_hidden = [role](const Channel& channel) { return !can_see(role, channel); };
    if (std::ranges::none_of(whole->channels, is_hidden)) {
      views[role] = whole;
    } else {
      auto view = std::make_shared<Directory>(*whole);
      std::erase_if(view->channels, is_hidden);
      views[role] = std::move(view);
    }
  }
  return views;
}

std::vector<ChannelChange> changes_between(const Directory& before, const Directory& after) {
  std::vector<ChannelChange> changes;
  for (const auto& channel : before.channels) {
    if (!find_channel(after, channel.id)) {
      changes.push_back({ChannelChange::Kind::kRemoved, channel});
    }
  }
  for (const auto& channel : after.channels) {
    const auto* old = find_channel(before, channel.id);
    if (!old) {
      changes.push_back({ChannelChange::Kind::kCreated, channel});
    } else if (!looks_same(*old, channel)) {
      changes.push_back({ChannelChange::Kind::kUpdated, channel});
    }
  }
  return changes;
}

const Channel* find_channel(const Directory& directory, ChannelId id) {
  const auto found = std::ranges::find(directory.channels, id, &Channel::id);
  return found == directory.channels.end() ? nullptr : &*found;
}

}  // namespace hubbub
