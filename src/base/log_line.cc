#include "base/log_line.h"

#include <unistd.h>

#include <array>
#include <atomic>

#include "base/clock.h"

namespace hubbub {
namespace {

std::atomic<Level> g_level{Level::kInfo};
constexpr std::array<std::string_view, 4> kLevelNames = {"debug", "info", "warning", "error"};

bool needs_quotes(std::string_view value) {
  if (value.empty()) return true;
  for (const unsigned char c : value) {
    if (c <= ' ' || c == '"' || c == '\\' || c == '=' || c == 0x7f) return true;
  }
  return false;
}

}  // namespace

void set_log_level(Level level) { g_level = level; }

LogLine::LogLine(Level level, std::string_view event) : level_(level) {
  if (level_ < g_level) return;
  text_ = format_time(system_clock().now());
  text_.append(" ").append(kLevelNames[static_cast<std::size_t>(level)]).append(" ").append(event);
}

LogLine& LogLine::with(std::string_view key, std::string_view value) {
  if (level_ < g_level) return *this;
  text_.append(" ").append(key).append("=");
  if (!needs_quotes(value)) {
    text_.append(value);
    return *this;
  }
  // What came from outside must not be able to start a line of its own.
  text_ += '"';
  for (const char c : value) {
    if (c == '"' || c == '\\') text_ += '\\';
    text_ += static_cast<unsigned char>(c) < ' ' || c == 0x7f ? '?' : c;
  }
  text_ += '"';
  return *this;
}

LogLine::~LogLine() {
  if (level_ < g_level) return;
  text_ += '\n';
  // Where standard error is gone there is nobody left to tell.
  [[maybe_unused]] const auto written = ::write(STDERR_FILENO, text_.data(), text_.size());
}

}  // namespace hubbub
