#include "rest/old_paths.h"

#include <algorithm>
#include <array>

namespace hubbub {

bool is_old_path(std::string_view path) {
  constexpr std::array<std::string_view, 9> kPaths = {
      "/discovery",  "/channels",          "/messages",          "/users",     "/users/ban",
      "/users/bans", "/activity/sessions", "/activity/channels", "/ratelimits"};
  return std::ranges::find(kPaths, path) != kPaths.end();
}

}  // namespace hubbub
