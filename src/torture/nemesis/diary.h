// What was done to the server, and when: a line each on the terminal, and counts for the end.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace hubbub::torture {

class Diary {
 public:
  // `kind`: what it is counted under; `what`: the line, with what is particular this time.
  void note(const std::string& kind, std::string_view what);
  void count_in(const std::string& kind) { ++counts_[kind]; }
  // Something that must not be, whatever the histories say.
  void complain(const std::string& what);

  [[nodiscard]] std::uint64_t count(const std::string& kind) const;
  [[nodiscard]] const std::map<std::string, std::uint64_t>& counts() const { return counts_; }
  [[nodiscard]] const std::vector<std::string>& complaints() const { return complaints_; }

 private:
  void print(std::string_view line) const;

  const std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
  std::map<std::string, std::uint64_t> counts_;
  std::vector<std::string> complaints_;
};

}  // namespace hubbub::torture
