#include "rest/pages.h"

#include <array>
#include <utility>

#include "rest/embedded_file.h"

namespace hubbub {
namespace {

constexpr std::string_view kNoPages = R"(<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Hubbub</title>
<p>The chat server is running, but it was built without its pages. Build them with
<code>make run</code>, or <code>npm ci &amp;&amp; npm run build</code> in <code>web/</code>, then
build the server again.</p>
)";

// The page talks to the issuer and the WebSocket, wherever they are; everything else is its own.
// Mantine sets styles on elements.
constexpr std::string_view kContentSecurityPolicy =
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src *; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

std::string_view content_type(std::string_view path) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 9> kTypes = {{
      {".html", "text/html; charset=utf-8"},
      {".js", "text/javascript; charset=utf-8"},
      {".css", "text/css; charset=utf-8"},
      {".svg", "image/svg+xml"},
      {".png", "image/png"},
      {".ico", "image/x-icon"},
      {".json", "application/json"},
      {".webmanifest", "application/manifest+json"},
      {".woff2", "font/woff2"},
  }};
  for (const auto& [suffix, type] : kTypes) {
    if (path.ends_with(suffix)) return type;
  }
  return "application/octet-stream";
}

// All paths of the dashboard are one page, which sees by the path what to show.
bool is_dashboard(std::string_view path) { return path == "/admin" || path.starts_with("/admin/"); }

std::string_view file_path(std::string_view path) {
  if (path == "/") return "/index.html";
  return is_dashboard(path) ? "/admin/index.html" : path;
}

const EmbeddedFile* find(std::string_view path) {
  const auto wanted = file_path(path);
  for (const auto& file : embedded_files()) {
    if (file.path == wanted) return &file;
  }
  return nullptr;
}

}  // namespace

bool is_page(const HttpRequest& request) {
  if (request.method != "GET" && request.method != "HEAD") return false;
  return request.path == "/" || is_dashboard(request.path) || find(request.path);
}

HttpResponse serve_page(const HttpRequest& request) {
  const auto* file = find(request.path);
  HttpResponse response;
  // Vite puts a hash of the content into the names below /assets/.
  const bool is_immutable = request.path.starts_with("/assets/");
  response.headers = {
      {"Content-Type", std::string(content_type(file ? file->path : "/index.html"))},
      {"Cache-Control", is_immutable ? "public, max-age=31536000, immutable" : "no-cache"},
      {"X-Content-Type-Options", "nosniff"},
      {"Referrer-Policy", "no-referrer"},
      {"Content-Security-Policy", std::string(kContentSecurityPolicy)}};
  response.body = file ? file->bytes : kNoPages;
  return response;
}

}  // namespace hubbub
