#include "app/settings.h"

#include <algorithm>
#include <optional>
#include <thread>

namespace hubbub {
namespace {

Status apply(Settings& settings, const SettingRow& row, const std::string& value,
             const std::string& where) {
  auto applied = row.apply(settings, value);
  if (applied) return {};
  const auto shown = row.is_secret ? std::string() : "'" + value + "' ";
  return Error{Code::kInvalid, where + " " + shown + applied.error().detail, std::string(row.key)};
}

// The old server's names: where they are all there is, they name the issuer as they did there.
void apply_old_names(Settings& settings,
                     const std::function<const char*(const char*)>& environment) {
  const auto read = [&](const char* name) -> std::optional<std::string> {
    const char* value = environment(name);
    return value ? std::optional<std::string>(value) : std::nullopt;
  };
  auto& names = settings.old_names;
  names = {read("KC_HOSTNAME"), read("REALM_NAME"), read("CHAT_CLIENT_NAME"),
           read("PUBLIC_HOSTNAME")};
  const bool is_all_there_is = settings.issuer.empty() && names.kc_hostname && names.realm_name &&
                               !names.kc_hostname->empty() && !names.realm_name->empty();
  if (!is_all_there_is) return;
  settings.issuer = "https://" + *names.kc_hostname + "/realms/" + *names.realm_name;
  if (settings.jwks_url.empty()) {
    settings.jwks_url =
        "http://keycloak:8080/realms/" + *names.realm_name + "/protocol/openid-connect/certs";
  }
}

// Together they would let every page on the web act as an administrator.
Status check_open_admin(const Settings& settings) {
  const auto& origins = settings.allowed_origins;
  if (!settings.compat_open_admin || std::ranges::find(origins, "*") == origins.end()) return {};
  return Error{
      Code::kInvalid,
      "HUBBUB_COMPAT_OPEN_ADMIN needs HUBBUB_ALLOWED_ORIGINS to list the origins of the old "
      "dashboard instead of '*'",
      "allowed_origins"};
}

}  // namespace

Result<Settings> make_settings(const SettingValues& file,
                               const std::function<const char*(const char*)>& environment,
                               const SettingValues& flags) {
  Settings settings;
  for (const auto& row : setting_table()) {
    const std::string name(row.environment);
    if (const auto found = file.find(row.key); found != file.end() && !found->second.empty()) {
      auto applied = apply(settings, row, found->second, "hubbub.toml: " + found->first);
      if (!applied) return applied.error();
    }
    if (const char* value = environment(name.c_str()); value && *value) {
      auto applied = apply(settings, row, value, name);
      if (!applied) return applied.error();
    }
    if (const auto found = flags.find(row.key); found != flags.end()) {
      auto applied = apply(settings, row, found->second, "--" + found->first);
      if (!applied) return applied.error();
    }
  }
  if (auto checked = check_open_admin(settings); !checked) return checked.error();
  apply_old_names(settings, environment);
  settings.session.frame_bytes_max = settings.net.message_bytes_max;
  if (settings.reactors == 0) settings.reactors = std::max(1U, std::thread::hardware_concurrency());
  if (settings.database_url.empty()) {
    settings.database_url = "sqlite:" + settings.data_dir + "/hubbub.db";
  }
  return settings;
}

}  // namespace hubbub
