// hubbub.toml. toml++ stays in this file.
#define TOML_EXCEPTIONS 0
#include <toml++/toml.h>

#include <sstream>

#include "app/settings.h"

namespace hubbub {
namespace {

// A value as the environment would write it. Nothing for tables, dates and the like.
std::optional<std::string> as_text(const toml::node& node) {
  if (const auto* text = node.as_string()) return text->get();
  if (const auto* number = node.as_integer()) return std::to_string(number->get());
  if (const auto* flag = node.as_boolean()) return flag->get() ? "true" : "false";
  const auto* list = node.as_array();
  if (!list) return std::nullopt;
  std::string joined;
  for (const auto& element : *list) {
    const auto part = as_text(element);
    if (!part || element.is_array()) return std::nullopt;
    joined.append(joined.empty() ? "" : ",").append(*part);
  }
  return joined;
}

bool is_known(std::string_view key) {
  for (const auto& row : setting_table()) {
    if (row.key == key) return true;
  }
  return false;
}

}  // namespace

Result<SettingValues> read_settings_file(const std::string& path) {
  const auto parsed = toml::parse_file(path);
  if (!parsed) {
    std::ostringstream why;
    why << path << ": " << parsed.error().description() << " (line "
        << parsed.error().source().begin.line << ")";
    return Error{Code::kInvalid, why.str()};
  }
  SettingValues values;
  for (const auto& [key, node] : parsed.table()) {
    const std::string name(key.str());
    if (!is_known(name)) {
      return Error{Code::kInvalid, path + ": there is no setting '" + name +
                                       "'; docs/configuration.md lists them all"};
    }
    auto text = as_text(node);
    if (!text) return Error{Code::kInvalid, path + ": " + name + " is no text, number or list"};
    values.emplace(name, std::move(*text));
  }
  return values;
}

}  // namespace hubbub
