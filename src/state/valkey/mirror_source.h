// Where the mirror's lists come from when they are written whole: the store, by app/.
//
// Thread: the mirror's, which may be blocked. Errors: those of the store; it is asked again later.
#pragma once

#include <cstddef>
#include <vector>

#include "base/error.h"
#include "wire/entry.h"

namespace hubbub {

class MirrorSource {
 public:
  struct HighestIds {
    MessageId message;
    MessageId private_message;
  };

  virtual ~MirrorSource() = default;
  // The newest of all channels, oldest first, without removed ones.
  virtual Result<std::vector<Entry>> recent_messages(std::size_t count) = 0;
  // The newest of one person's inbox, oldest first, without removed ones.
  virtual Result<std::vector<Entry>> private_messages(const UserId& user, std::size_t count) = 0;
  // The highest that were ever given out, as far as is known; 0: not known.
  virtual Result<HighestIds> highest_ids() = 0;
};

}  // namespace hubbub
