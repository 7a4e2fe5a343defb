#include "rest/interval_text.h"

#include <array>
#include <cstdio>

namespace hubbub {

std::string clock_text(std::chrono::microseconds interval) {
  const std::chrono::hh_mm_ss clock(interval);
  std::array<char, 48> text;
  int length = std::snprintf(
      text.data(), text.size(), "%02ld:%02ld:%02ld.%06ld", static_cast<long>(clock.hours().count()),
      static_cast<long>(clock.minutes().count()), static_cast<long>(clock.seconds().count()),
      static_cast<long>(clock.subseconds().count()));
  while (text[length - 1] == '0') --length;
  // Without a fraction the zeros of the seconds stay.
  if (text[length - 1] == '.') --length;
  return {text.data(), static_cast<std::size_t>(length)};
}

std::string interval_text(std::chrono::microseconds interval) {
  const auto days = std::chrono::floor<std::chrono::days>(interval);
  if (days.count() == 0) return clock_text(interval);
  auto text = std::to_string(days.count()) + (days.count() == 1 ? " day" : " days");
  if (const auto rest = interval - days; rest.count() > 0) text += " " + clock_text(rest);
  return text;
}

}  // namespace hubbub
