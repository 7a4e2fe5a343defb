// Holds the lock of a SQLite writer, as another program does that left a transaction open. By the
// lock itself and not by a connection: one would bring recovery and checkpoints of its own along,
// which no server has.
#pragma once

#include <string>

namespace hubbub::torture {

class SqliteLock {
 public:
  // Waits a moment for its turn; is_held() says whether it came. `database`: the path, in WAL mode
  // and open elsewhere.
  explicit SqliteLock(const std::string& database);
  SqliteLock(const SqliteLock&) = delete;
  SqliteLock& operator=(const SqliteLock&) = delete;
  ~SqliteLock();

  [[nodiscard]] bool is_held() const { return is_held_; }

 private:
  int file_ = -1;
  bool is_held_ = false;
};

}  // namespace hubbub::torture
