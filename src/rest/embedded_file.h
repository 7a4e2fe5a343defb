// The files of web/dist, inside the program (cmake/embed.cmake).
#pragma once

#include <span>
#include <string_view>
#include <vector>

namespace hubbub {

struct EmbeddedFile {
  std::string_view path;  // "/index.html", "/assets/…"
  std::string_view bytes;
};

// Lives as long as the process. Empty where the pages were not built.
std::span<const EmbeddedFile> embedded_files();

}  // namespace hubbub
