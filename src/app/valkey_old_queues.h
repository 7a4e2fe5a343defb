// The old server's lists, where it kept them: in Valkey (state/valkey/flush_lists.h).
#pragma once

#include <optional>

#include "app/settings.h"
#include "state/valkey/flush_lists.h"
#include "store/old_queues.h"

namespace hubbub {

// Connects when it is first asked.
class ValkeyOldQueues final : public OldQueues {
 public:
  // Null where the settings name no Valkey.
  static std::unique_ptr<OldQueues> of(const Settings& settings);

  ValkeyOldQueues(ValkeyAddress address, std::chrono::milliseconds timeout)
      : address_(std::move(address)), timeout_(timeout) {}

  Result<std::vector<std::string>> read(OldQueue queue) override;
  Result<std::int64_t> counter(OldQueue queue) override;
  Status remove_first(OldQueue queue, std::size_t count) override;
  Status raise_counter(OldQueue queue, std::int64_t at_least) override;

 private:
  Status connect();

  const ValkeyAddress address_;
  const std::chrono::milliseconds timeout_;
  std::optional<FlushLists> lists_;
};

}  // namespace hubbub
