// What administrators do to the list of channels. docs/api.md, Channels.
#pragma once

#include <optional>
#include <string>

#include "base/error.h"
#include "command/caller.h"
#include "store/pending_entry.h"

namespace hubbub {

// Unit: Unicode code points; what the old schema holds.
inline constexpr std::size_t kChannelNameLengthMax = 24;
inline constexpr std::size_t kChannelDescriptionLengthMax = 512;
// Six hours.
inline constexpr std::int64_t kSlowModeSecondsMax = 21'600;

// Errors of all: kForbidden, kInvalid with the field. Whether the channel is there and the name
// free, the store says.
Result<PendingEntry> create_channel(const Caller& caller, std::string name,
                                    std::optional<std::string> description);
Result<PendingEntry> update_channel(const Caller& caller, ChannelId id,
                                    std::optional<std::string> name,
                                    std::optional<std::string> description,
                                    const ChannelRulesChange& rules = {});
Result<PendingEntry> reorder_channel(const Caller& caller, ChannelId id, ChannelId before);
Result<PendingEntry> delete_channel(const Caller& caller, ChannelId id, bool purge);
// An archived channel comes back.
Result<PendingEntry> restore_channel(const Caller& caller, ChannelId id);

}  // namespace hubbub
