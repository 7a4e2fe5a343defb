#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "app/described_settings.h"

namespace hubbub {
namespace {

// A value for each setting that is not its default.
const SettingValues kOther = {{"listen", "[::]:9"},
                              {"data_dir", "/var/lib/hubbub"},
                              {"database_url", "sqlite:x.db"},
                              {"valkey_url", "redis://valkey:6379"},
                              {"valkey_timeout", "20ms"},
                              {"public_url", "https://chat.example"},
                              {"server_name", "Ours"},
                              {"oidc_issuer", "https://id.example"},
                              {"oidc_jwks_url", "http://id:8080/certs"},
                              {"oidc_clients", "App"},
                              {"oidc_roles_path", "groups"},
                              {"admin_role", "boss"},
                              {"moderator_role", "warden"},
                              {"realm", "chat"},
                              {"sign_up", "open"},
                              {"allowed_origins", "https://a.example"},
                              {"trusted_proxies", "10.0.0.0/8"},
                              {"compat_open_admin", "true"},
                              {"compat_open_admin_from", "172.16.0.0/12"},
                              {"legacy_session_max", "1h"},
                              {"reactors", "2"},
                              {"workers", "9"},
                              {"heartbeat_seconds", "5"},
                              {"presence_grace", "250ms"},
                              {"flush_interval", "1ms"},
                              {"ping_after", "10s"},
                              {"idle_max", "20s"},
                              {"stall_max", "40s"},
                              {"frame_bytes_max", "1KiB"},
                              {"outbox_bytes_max", "1MiB"},
                              {"outbox_total_bytes_max", "512MiB"},
                              {"connections_max", "7"},
                              {"connections_per_user_max", "3"},
                              {"connects_per_minute", "4"},
                              {"sign_ins_waiting_max", "5"},
                              {"log_level", "error"}};

std::vector<std::string> lines_of(const Settings& settings) {
  std::istringstream text(described(settings));
  std::vector<std::string> lines;
  for (std::string line; std::getline(text, line);) lines.push_back(line);
  return lines;
}

// "accepted", or what is wrong.
std::string verdict(const std::string& key, const std::string& value) {
  for (const auto& row : setting_table()) {
    if (row.key != key) continue;
    Settings settings;
    const auto applied = row.apply(settings, value);
    return applied ? "accepted" : applied.error().detail;
  }
  return "no such key";
}

TEST(SettingTableTest, NamesAreFormedAlikeAndTheirOwn) {
  std::set<std::string_view> keys, environments;
  for (const auto& row : setting_table()) {
    std::string expected = "HUBBUB_";
    for (const char c : row.key) expected += static_cast<char>(std::toupper(c));
    EXPECT_EQ(row.environment, expected);
    EXPECT_TRUE(keys.insert(row.key).second) << row.key;
    EXPECT_FALSE(row.help.empty()) << row.key;
  }
}

TEST(SettingTableTest, TheDefaultSaidIsTheDefaultMeant) {
  const auto defaults = described(Settings{});
  for (const auto& row : setting_table()) {
    // "sqlite:<data_dir>/hubbub.db" is derived, an empty one is none.
    if (row.default_text.empty() || row.default_text.find('<') != std::string::npos) continue;
    Settings settings;
    ASSERT_TRUE(row.apply(settings, std::string(row.default_text))) << row.key;
    EXPECT_EQ(described(settings), defaults) << row.key;
  }
}

TEST(SettingTableTest, EachSettingReachesOneFieldOfItsOwn) {
  const auto defaults = lines_of(Settings{});
  std::set<std::size_t> reached;
  for (const auto& row : setting_table()) {
    ASSERT_TRUE(kOther.contains(row.key)) << row.key;
    Settings settings;
    ASSERT_TRUE(row.apply(settings, kOther.find(row.key)->second)) << row.key;
    const auto lines = lines_of(settings);
    for (std::size_t i = 0; i < lines.size(); ++i) {
      if (lines[i] == defaults[i]) continue;
      EXPECT_TRUE(reached.insert(i).second) << row.key;
    }
  }
  EXPECT_EQ(reached.size(), setting_table().size());
}

TEST(SettingTableTest, RefusesWhatCannotBeMeant) {
  EXPECT_EQ(verdict("sign_up", "maybe"), "must be one of open, invite, closed");
  EXPECT_EQ(verdict("log_level", "loud"), "must be one of debug, info, warning, error");
  EXPECT_EQ(verdict("public_url", "chat.example"), "must start with http:// or https://");
  EXPECT_EQ(verdict("oidc_clients", " , "), "must not be empty");
  EXPECT_EQ(verdict("workers", "0"), "must be a number from 1 to 256");
  EXPECT_EQ(verdict("heartbeat_seconds", "0"), "must be a number from 1 to 3600");
  EXPECT_NE(verdict("frame_bytes_max", "big"), "accepted");
  EXPECT_NE(verdict("idle_max", "soon"), "accepted");
  EXPECT_EQ(verdict("idle_max", "1500ms"), "must be whole seconds");
  EXPECT_EQ(verdict("stall_max", "0"), "must be a second at least");
  EXPECT_EQ(verdict("valkey_timeout", "0"), "must be a millisecond at least");
  EXPECT_EQ(verdict("valkey_url", "valkey:6379"),
            "must be of the form redis://[user:password@]host:port[/database]");
  EXPECT_EQ(verdict("outbox_bytes_max", "0"), "must be 1024 at least");
}

TEST(SettingTableTest, AUrlIsKeptWithoutASlashAtItsEnd) {
  for (const auto& row : setting_table()) {
    if (row.key != "public_url") continue;
    Settings settings;
    ASSERT_TRUE(row.apply(settings, "https://chat.example//"));
    EXPECT_EQ(settings.public_url, "https://chat.example");
  }
}

// The file that we ship: docs/configuration.md says that it is complete and changes nothing.
TEST(SettingTableTest, TheShippedFileNamesEverySettingWithItsDefault) {
  const auto file = read_settings_file("config/hubbub.toml");
  ASSERT_TRUE(file) << file.error().detail;
  for (const auto& row : setting_table()) EXPECT_TRUE(file->contains(row.key)) << row.key;
  const auto no_environment = [](const char*) -> const char* { return nullptr; };
  EXPECT_EQ(described(make_settings(*file, no_environment, {}).value()),
            described(make_settings({}, no_environment, {}).value()));
}

}  // namespace
}  // namespace hubbub
