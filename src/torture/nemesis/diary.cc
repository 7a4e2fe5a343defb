#include "torture/nemesis/diary.h"

#include <cstdio>

namespace hubbub::torture {

void Diary::note(const std::string& kind, std::string_view what) {
  ++counts_[kind];
  print(what);
}

void Diary::complain(const std::string& what) {
  complaints_.push_back(what);
  print("WRONG: " + what);
}

std::uint64_t Diary::count(const std::string& kind) const {
  const auto one = counts_.find(kind);
  return one == counts_.end() ? 0 : one->second;
}

void Diary::print(std::string_view line) const {
  const std::chrono::duration<double> since = std::chrono::steady_clock::now() - began_;
  std::printf("%7.1f s  %.*s\n", since.count(), static_cast<int>(line.size()), line.data());
  std::fflush(stdout);
}

}  // namespace hubbub::torture
