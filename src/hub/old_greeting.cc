#include "hub/old_greeting.h"

#include "wire/old_frames.h"

namespace hubbub {

const Shared<Frame>& OldGreeting::channels(Audience audience, const Shared<Directory>& view) {
  if (view != views_[audience]) {
    views_[audience] = view;
    channels_[audience] = old_protocol::active_channels(view->channels);
  }
  return channels_[audience];
}

const Shared<Frame>& OldGreeting::people(const Shared<std::vector<Author>>& roster) {
  if (roster != roster_) {
    roster_ = roster;
    people_ = old_protocol::connected_users(*roster);
  }
  return people_;
}

}  // namespace hubbub
