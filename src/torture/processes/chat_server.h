// The server under torture, on one port through all its lives.
//
// Thread: that which made it.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "torture/processes/child_process.h"

namespace hubbub::torture {

class ChatServer {
 public:
  struct Setup {
    std::string program;
    std::string folder;  // its data directory
    std::string log_path;
    std::string database_url;
    std::string issuer_url;
    Environment environment;  // more of it
  };
  explicit ChatServer(Setup setup);

  // Comes back once it is ready. False when it ended, or was not ready in time (30 s).
  // REQUIRES: it does not run.
  [[nodiscard]] bool start();
  // SIGKILL.
  void kill();
  // SIGTERM: its exit status; nothing, and it is killed, when it did not end in time: the 10 s that
  // docs/operations.md promises, and 2 more for a machine that is busy.
  std::optional<int> stop();
  // SIGSTOP and SIGCONT.
  void freeze();
  void thaw();

  // How it ended though nobody ended it; nothing as long as it runs.
  std::optional<int> unexpected_end();
  // Resident memory now; 0 when it does not run.
  [[nodiscard]] std::int64_t resident_bytes() const;
  [[nodiscard]] std::uint16_t port() const { return port_; }
  [[nodiscard]] std::string last_log_lines(std::size_t bytes_max) const;

 private:
  Setup setup_;
  const std::uint16_t port_;
  std::unique_ptr<ChildProcess> process_;
};

}  // namespace hubbub::torture
