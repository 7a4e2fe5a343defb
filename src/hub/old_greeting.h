// The frames of the old protocol's greeting that are the same for everyone of an audience: built
// when somebody comes and what they tell has changed, and shared by all who come meanwhile.
//
// Lives on one reactor.
#pragma once

#include <vector>

#include "base/shared.h"
#include "hub/audience.h"
#include "wire/entry.h"
#include "wire/frame.h"

namespace hubbub {

class OldGreeting {
 public:
  // active_channels. The same view gives the same frame.
  const Shared<Frame>& channels(Role role, const Shared<Directory>& view);
  // connected_users. The same roster gives the same frame.
  const Shared<Frame>& people(const Shared<std::vector<Author>>& roster);

 private:
  ByAudience<Shared<Directory>> views_;
  ByAudience<Shared<Frame>> channels_;
  Shared<std::vector<Author>> roster_;
  Shared<Frame> people_;
};

}  // namespace hubbub
