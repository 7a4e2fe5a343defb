// Files inside the program (cmake/embed.cmake): those of web/dist, and what describes the server to
// programs.
#pragma once

#include <span>
#include <string_view>
#include <vector>

namespace hubbub {

struct EmbeddedFile {
  std::string_view path;  // "/index.html", "/assets/…"
  std::string_view bytes;
};

// Both live as long as the process. The pages; empty where they were not built.
std::span<const EmbeddedFile> embedded_files();
// "/openapi.json": the routes; "/asyncapi.json": the WebSocket protocol hubbub.v1.
std::span<const EmbeddedFile> description_files();

}  // namespace hubbub
