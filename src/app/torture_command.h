// hubbub torture: its flags, and what it does.
#pragma once

#include <string>

#include "torture/options.h"

namespace CLI {
class App;
}

namespace hubbub {

class TortureFlags {
 public:
  void add_to(CLI::App& app);
  [[nodiscard]] bool is_used() const;
  // The exit status.
  [[nodiscard]] int run() const;

 private:
  CLI::App* command_ = nullptr;
  torture::Options options_;
  int seconds_ = 20;
  std::string store_ = "sqlite";
};

}  // namespace hubbub
