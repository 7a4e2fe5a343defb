#include "command/change_channels.h"

#include "command/command_table.h"
#include "wire/utf8.h"

namespace hubbub {
namespace {

bool has_control_character(std::string_view text) {
  for (const unsigned char c : text) {
    if (c < 0x20 || c == 0x7F) return true;
  }
  return false;
}

Status check_name(const std::string& name) {
  if (name.empty()) return Error{Code::kInvalid, "Channel name is required", "name"};
  if (code_point_count(name) > kChannelNameLengthMax) {
    return Error{Code::kInvalid, "Channel name may have at most 24 characters", "name"};
  }
  if (has_control_character(name) || name.front() == ' ' || name.back() == ' ') {
    return Error{Code::kInvalid, "Channel name may not hold control characters or outer spaces",
                 "name"};
  }
  return {};
}

Status check_description(const std::string& description) {
  if (code_point_count(description) > kChannelDescriptionLengthMax) {
    return Error{Code::kInvalid, "Channel description may have at most 512 characters",
                 "description"};
  }
  if (description.find('\0') != std::string::npos) {
    return Error{Code::kInvalid, "Channel description may not hold U+0000", "description"};
  }
  return {};
}

Status check_rules(const ChannelRulesChange& rules) {
  const auto seconds = rules.slow_mode_seconds.value_or(0);
  if (seconds >= 0 && seconds <= kSlowModeSecondsMax) return {};
  return Error{Code::kInvalid, "slow_mode_seconds must be 0 to 21600", "slow_mode_seconds"};
}

}  // namespace

Result<PendingEntry> create_channel(const Caller& caller, std::string name,
                                    std::optional<std::string> description) {
  if (auto allowed = check_role(caller, Verb::kCreateChannel); !allowed) return allowed.error();
  if (auto valid = check_name(name); !valid) return valid.error();
  if (description) {
    if (auto valid = check_description(*description); !valid) return valid.error();
  }
  return CreateChannel{std::move(name), std::move(description), caller.actor(), Time{}};
}

Result<PendingEntry> update_channel(const Caller& caller, ChannelId id,
                                    std::optional<std::string> name,
                                    std::optional<std::string> description,
                                    const ChannelRulesChange& rules) {
  if (auto allowed = check_role(caller, Verb::kUpdateChannel); !allowed) return allowed.error();
  if (name) {
    if (auto valid = check_name(*name); !valid) return valid.error();
  }
  if (description) {
    if (auto valid = check_description(*description); !valid) return valid.error();
  }
  if (auto valid = check_rules(rules); !valid) return valid.error();
  return UpdateChannel{id, std::move(name), std::move(description), caller.actor(), Time{}, rules};
}

Result<PendingEntry> reorder_channel(const Caller& caller, ChannelId id, ChannelId before) {
  if (auto allowed = check_role(caller, Verb::kUpdateChannel); !allowed) return allowed.error();
  return ReorderChannel{id, before, caller.actor(), Time{}};
}

Result<PendingEntry> delete_channel(const Caller& caller, ChannelId id, bool purge) {
  if (auto allowed = check_role(caller, Verb::kDeleteChannel); !allowed) return allowed.error();
  return DeleteChannel{id, purge, caller.actor(), Time{}};
}

Result<PendingEntry> restore_channel(const Caller& caller, ChannelId id) {
  if (auto allowed = check_role(caller, Verb::kRestoreChannel); !allowed) return allowed.error();
  return RestoreChannel{id, caller.actor(), Time{}};
}

}  // namespace hubbub
