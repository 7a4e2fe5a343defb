#include "hub/old_greeting.h"

#include "wire/old_frames.h"

namespace hubbub {

const Shared<Frame>& OldGreeting::channels(Role role, const Shared<Directory>& view) {
  if (view != views_[role]) {
    views_[role] = view;
    channels_[role] = old_protocol::active_channels(view->channels);
  }
  return channels_[role];
}

const Shared<Frame>& OldGreeting::people(const Shared<std::vector<Author>>& roster) {
  if (roster != roster_) {
    roster_ = roster;
    people_ = old_protocol::connected_users(*roster);
  }
  return people_;
}

}  // namespace hubbub
