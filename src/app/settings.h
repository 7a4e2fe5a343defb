// Every setting of the server: hubbub.toml, overridden by the environment, overridden by flags.
// config/hubbub.toml and docs/configuration.md describe each one.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "auth/token_claims.h"
#include "base/error.h"
#include "base/log_line.h"
#include "net/net_limits.h"
#include "rest/api.h"
#include "session/session_host.h"
#include "state/valkey/address.h"

namespace hubbub {

struct Settings {
  std::string listen = "127.0.0.1:8080";
  std::string data_dir = "./data";
  std::string database_url;                  // empty: sqlite:<data_dir>/hubbub.db
  std::optional<ValkeyAddress> valkey = {};  // nothing: all shared state is this process's own
  std::chrono::milliseconds valkey_timeout{100};
  std::string public_url;  // empty: http://localhost:<port>
  std::string server_name = "Hubbub";
  std::string issuer;  // empty: built-in accounts
  std::string jwks_url;
  std::string realm = "hubbub";
  std::string sign_up = "invite";
  TokenPolicy tokens;
  std::vector<std::string> allowed_origins = {"*"};
  std::vector<std::string> trusted_proxies = {"127.0.0.1", "::1"};
  bool compat_open_admin = false;
  std::vector<std::string> compat_open_admin_from = {"127.0.0.1", "::1"};
  std::size_t reactors = 0;  // 0: one for each core
  std::size_t workers = 4;
  std::chrono::milliseconds presence_grace{2'000};
  Level log_level = Level::kInfo;
  NetLimits net;
  SessionLimits session;
  PublicSettings::OldNames old_names;
};

struct SettingRow {
  std::string_view key;  // in hubbub.toml; the flag is --key with '-' for '_'
  std::string_view environment;
  std::string_view default_text;
  std::string_view help;  // one line, with the unit
  // Errors: kInvalid with what is wrong with the value.
  Status (*apply)(Settings& settings, const std::string& value);
  // May hold a password: the value is not repeated where it is refused.
  bool is_secret = false;
};
std::span<const SettingRow> setting_table();

// Values by key, as text; lists are comma-separated.
using SettingValues = std::map<std::string, std::string, std::less<>>;

// Errors: kInvalid: no such file, not TOML, or an unknown key, with a sentence for the operator.
Result<SettingValues> read_settings_file(const std::string& path);

// Applies file, environment and flags in this order, then derives what was left empty.
// `environment`: by name, as getenv has it. Errors: kInvalid, naming setting, value and where it
// stood.
Result<Settings> make_settings(const SettingValues& file,
                               const std::function<const char*(const char*)>& environment,
                               const SettingValues& flags);

}  // namespace hubbub
