// The paths that the old server had: its clients read refusals as plain text there.
#pragma once

#include <string_view>

namespace hubbub {

bool is_old_path(std::string_view path);

}  // namespace hubbub
