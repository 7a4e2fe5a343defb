#include "app/command_line.h"

#include <sodium.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>

#include "app/commands.h"
#include "app/torture_command.h"

namespace hubbub {
namespace {

constexpr const char* kSettingsFile = "hubbub.toml";

// The flags that every command takes: --config, and one for each setting.
class SettingFlags {
 public:
  void add_to(CLI::App& command) {
    command.add_option("--config", file_, "settings file; ./hubbub.toml is read when it is there")
        ->group("Settings");
    for (const auto& row : setting_table()) {
      std::string flag = "--" + std::string(row.key);
      std::replace(flag.begin(), flag.end(), '_', '-');
      const auto store = [this, key = std::string(row.key)](const std::string& value) {
        flags_.insert_or_assign(key, value);
      };
      std::string help(row.help);
      if (!row.default_text.empty()) help.append(" [").append(row.default_text).append("]");
      help.append("; ").append(row.environment);
      command.add_option_function<std::string>(flag, store, help)
          ->envname("")
          ->type_name("")
          ->group("Settings");
    }
  }

  Result<Settings> settings() const {
    SettingValues file;
    const bool is_given = !file_.empty();
    if (is_given || std::filesystem::exists(kSettingsFile)) {
      auto values = read_settings_file(is_given ? file_ : kSettingsFile);
      if (!values) return values.error();
      file = std::move(*values);
    }
    return make_settings(
        file, [](const char* name) { return std::getenv(name); }, flags_);
  }

 private:
  std::string file_;
  SettingValues flags_;
};

// hubbub user <action> …
class UserFlags {
 public:
  void add_to(CLI::App& app, SettingFlags& settings) {
    command_ = app.add_subcommand("user", "list, add and change built-in accounts");
    command_->require_subcommand(1);
    add("list", "everyone, with roles", UserAction::kList, settings);
    add("invite", "a link with which one person may sign up", UserAction::kInvite, settings);
    named(add("add", "a new account; prints the link that sets its password", UserAction::kAdd,
              settings));
    named(add("reset", "a one-time link that sets a new password", UserAction::kReset, settings));
    with_role(add("grant", "give a role", UserAction::kGrant, settings));
    with_role(add("revoke", "take a role", UserAction::kRevoke, settings));
    named(add("disable", "end their sign-ins and let them in no more", UserAction::kDisable,
              settings));
    named(add("enable", "let them in again", UserAction::kEnable, settings));
  }

  [[nodiscard]] bool is_used() const { return command_->parsed(); }
  [[nodiscard]] const UserRequest& request() const { return request_; }

 private:
  CLI::App& add(const char* name, const char* help, UserAction action, SettingFlags& settings) {
    auto* command = command_->add_subcommand(name, help);
    settings.add_to(*command);
    command->callback([this, action] { request_.action = action; });
    return *command;
  }
  CLI::App& named(CLI::App& command) {
    command.add_option("username", request_.username)->required();
    return command;
  }
  void with_role(CLI::App& command) {
    named(command).add_option("role", request_.role, "admin or moderator")->required();
  }

  CLI::App* command_ = nullptr;
  UserRequest request_;
};

}  // namespace

int run_command_line(int argc, char** argv) {
  if (::sodium_init() < 0) {
    std::fputs("hubbub: the system has no random numbers\n", stderr);
    return 1;
  }
  CLI::App app{"Hubbub, a chat server. Without a command it serves."};
  app.name("hubbub");
  app.set_version_flag("--version", "hubbub " HUBBUB_VERSION);
  app.footer(
      "Every setting is a flag, an environment variable and a key of hubbub.toml; a flag wins "
      "over\n"
      "the environment, the environment over the file. config/hubbub.toml explains each.");
  app.require_subcommand(0, 1);
  SettingFlags flags;
  flags.add_to(app);
  flags.add_to(*app.add_subcommand("serve", "run the server (the default)"));
  auto* check = app.add_subcommand("check", "ask the server of these settings if it is ready");
  flags.add_to(*check);
  UserFlags user;
  user.add_to(app, flags);
  bool is_dry_run = false;
  auto* migrate = app.add_subcommand("migrate", "bring the database up to date, and say how");
  migrate->add_flag("--dry-run", is_dry_run, "say what would happen, and take it back");
  flags.add_to(*migrate);
  TortureFlags torture;
  torture.add_to(app);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  // Its server has settings of its own.
  if (torture.is_used()) return torture.run();
  const auto settings = flags.settings();
  if (!settings) {
    std::fprintf(stderr, "hubbub: %s\n", settings.error().detail.c_str());
    return 2;
  }
  if (check->parsed()) return check_command(*settings);
  if (user.is_used()) return user_command(*settings, user.request());
  if (migrate->parsed()) return migrate_command(*settings, is_dry_run);
  return serve_command(*settings);
}

}  // namespace hubbub
