// What the commands of the command line do, once their flags are read. Each returns the exit
// status.
#pragma once

#include <cstdint>
#include <string>

#include "app/settings.h"

namespace hubbub {

// serve_command.cc: runs the server until SIGINT or SIGTERM.
int serve_command(const Settings& settings);

// check_command.cc: 0 when the server of these settings is ready, 1 when it is not or not there.
int check_command(const Settings& settings);

enum class UserAction : std::uint8_t {
  kList,
  kAdd,
  kReset,
  kInvite,
  kGrant,
  kRevoke,
  kDisable,
  kEnable,
};
struct UserRequest {
  UserAction action = UserAction::kList;
  std::string username;
  std::string role;
};
// user_command.cc: the built-in accounts.
int user_command(Settings settings, const UserRequest& request);

// migrate_command.cc: the database's schema, and what an old server left in it.
int migrate_command(const Settings& settings, bool is_dry_run);

}  // namespace hubbub
