// A process that this one started, and that does not outlive it.
//
// Thread: that which made it, as the process ends with that thread (PR_SET_PDEATHSIG).
#pragma once

#include <sys/types.h>

#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace hubbub::torture {

using Environment = std::vector<std::pair<std::string, std::string>>;

struct Command {
  std::vector<std::string> words;  // the first is the program's path
  Environment environment;         // all that it gets, beside PATH
  std::string folder;              // to run in
  std::string log_path;            // its output is appended there
  // Whom to run as; nothing: as who we are.
  std::optional<std::pair<uid_t, gid_t>> user = {};
};

class ChildProcess {
 public:
  // Throws std::runtime_error when it cannot be started.
  explicit ChildProcess(const Command& command);
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;
  // Kills it if it still runs.
  ~ChildProcess();

  void signal(int number) const;
  // How it ended, as a shell says it (128 + number for a signal); nothing while it runs.
  std::optional<int> exit_status();
  // Waits for its end, for so long at most.
  std::optional<int> wait(std::chrono::milliseconds patience);

  [[nodiscard]] pid_t pid() const { return pid_; }
  // 0 when it cannot be read. Unit: bytes.
  [[nodiscard]] std::int64_t resident_bytes() const;
  // All processes below it, deepest last.
  [[nodiscard]] std::vector<pid_t> descendants() const;

 private:
  pid_t pid_ = -1;
  int pidfd_ = -1;
  std::optional<int> status_;
};

}  // namespace hubbub::torture
