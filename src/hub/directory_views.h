// The directory as each audience sees it, and what an audience is told when its view changes.
//
// Pure.
#pragma once

#include <cstdint>
#include <vector>

#include "base/shared.h"
#include "hub/audience.h"
#include "wire/entry.h"

namespace hubbub {

using DirectoryViews = ByAudience<Shared<Directory>>;

DirectoryViews views_of(const Shared<Directory>& whole);

struct ChannelChange {
  enum class Kind : std::uint8_t { kRemoved, kCreated, kUpdated };

  Kind kind;
  Channel channel;
};

// What was there and is not, then what is new or different, in display order.
std::vector<ChannelChange> changes_between(const Directory& before, const Directory& after);

const Channel* find_channel(const Directory& directory, ChannelId id);

}  // namespace hubbub
