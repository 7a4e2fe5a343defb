#include "breakage.h"

#include <array>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <utility>

namespace hubbub::broken {
namespace {

constexpr std::array<std::pair<std::string_view, Breakage>, 7> kNames{{
    {"none", Breakage::kNone},
    {"drop", Breakage::kDrop},
    {"double", Breakage::kDouble},
    {"reorder", Breakage::kReorder},
    {"early_ack", Breakage::kEarlyAck},
    {"forgotten_key", Breakage::kForgottenKey},
    {"seam", Breakage::kSeam},
}};

Breakage named() {
  const char* given = std::getenv("HUBBUB_BREAKAGE");
  for (const auto& [name, breakage] : kNames) {
    if (given && name == given) return breakage;
  }
  std::fputs("broken_server: HUBBUB_BREAKAGE names no way of being broken\n", stderr);
  std::exit(2);
}

}  // namespace

Breakage breakage() {
  static const Breakage chosen = named();
  return chosen;
}

bool is_nth_time(std::uint32_t n) {
  static std::atomic<std::uint32_t> times{0};
  return times.fetch_add(1) % n == n - 1;
}

}  // namespace hubbub::broken
