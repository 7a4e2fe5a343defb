#include "hub/old_greeting.h"

#include "wire/old_frames.h"

namespace hubbub {

const Shared<Frame>& OldGreeting::channels(const Shared<Directory>& directory) {
  if (directory != directory_) {
    directory_ = directory;
    channels_ = old_protocol::active_channels(directory->channels);
  }
  return channels_;
}

const Shared<Frame>& OldGreeting::people(const Shared<std::vector<Author>>& roster) {
  if (roster != roster_) {
    roster_ = roster;
    people_ = old_protocol::connected_users(*roster);
  }
  return people_;
}

}  // namespace hubbub
