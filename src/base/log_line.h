// Log lines: one line each on standard error, `time level event key=value …`; the event is one
// word. Never a token, a password or message text.
#pragma once

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>

namespace hubbub {

enum class Level : std::uint8_t { kDebug, kInfo, kWarning, kError };

// Written when it goes out of scope: LogLine(Level::kInfo, "listening").with("address", text);
// Thread: any; one write(2) a line.
class LogLine {
 public:
  LogLine(Level level, std::string_view event);
  LogLine(const LogLine&) = delete;
  LogLine& operator=(const LogLine&) = delete;
  ~LogLine();

  LogLine& with(std::string_view key, std::string_view value);
  LogLine& with(std::string_view key, std::integral auto value) {
    return with(key, std::string_view(std::to_string(value)));
  }

 private:
  const Level level_;
  std::string text_;
};

// Lines below it are not written. Set once at start.
void set_log_level(Level level);

}  // namespace hubbub
