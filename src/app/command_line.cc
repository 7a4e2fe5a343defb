#include "app/command_line.h"

#include <sodium.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>

#include "app/commands.h"

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
      "Every setting is a flag, an environment variable (HUBBUB_LISTEN for --listen) and a key of "
      "hubbub.toml.\n`hubbub serve --help` lists them; docs/configuration.md explains them.");
  app.require_subcommand(0, 1);
  SettingFlags flags;
  auto* serve = app.add_subcommand("serve", "run the server (the default)");
  flags.add_to(*serve);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  const auto settings = flags.settings();
  if (!settings) {
    std::fprintf(stderr, "hubbub: %s\n", settings.error().detail.c_str());
    return 2;
  }
  return serve_command(*settings);
}

}  // namespace hubbub
