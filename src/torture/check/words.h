// How messages, logs and people are named in findings.
#pragma once

#include <string>

#include "torture/history/history.h"

namespace hubbub::torture {

class Words {
 public:
  // Borrows: the history.
  explicit Words(const History& history) : history_(&history) {}

  // "message 12 of writer 3 (torture-7)"
  [[nodiscard]] std::string of(const MessageName& message) const;
  // "channel lobby", "the inbox of torture-7"
  [[nodiscard]] std::string of(const Log& log) const;
  // "entry 5 of channel lobby"
  [[nodiscard]] std::string of(const Log& log, Seq seq) const;

 private:
  const History* history_;
};

}  // namespace hubbub::torture
