#include "torture/check/verdict.h"

#include <algorithm>

namespace hubbub::torture {
namespace {

constexpr std::array<std::string_view, kKinds> kWords = {
    "lost",
    "doubled",
    "out_of_order",
    "half_stored",
    "gap",
    "foreign",
    "different",
    "conflicting_ack",
    "not_shown",
    "shown_twice",
    "shown_in_other_order",
    "complaint",
    "unsound",
    "memory",
    "malformed",
};

// 1234567 as "1,234,567".
std::string with_thousands(std::uint64_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t at = digits.size(); at > 3;) digits.insert(at -= 3, 1, ',');
  return digits;
}

std::string counted(std::uint64_t count, Kind kind) {
  std::string text = ", " + with_thousands(count) + ' ';
  text += word_of(kind);
  std::ranges::replace(text, '_', ' ');
  return text;
}

bool is_always_named(Kind kind) {
  return kind == Kind::kLost || kind == Kind::kDoubled || kind == Kind::kOutOfOrder;
}

}  // namespace

std::string_view word_of(Kind kind) { return kWords.at(static_cast<std::size_t>(kind)); }

std::string summary(const Verdict& verdict, std::uint64_t kills, const std::string& folder) {
  std::string text = "killed " + with_thousands(kills) + (kills == 1 ? " time, " : " times, ") +
                     with_thousands(verdict.acknowledged) + " acknowledged";
  for (std::size_t index = 0; index < kKinds; ++index) {
    const auto kind = static_cast<Kind>(index);
    const std::uint64_t count = verdict.findings.count(kind);
    if (count > 0 || is_always_named(kind)) text += counted(count, kind);
  }
  return folder.empty() ? text : text + "; all that was noted is in " + folder;
}

}  // namespace hubbub::torture
