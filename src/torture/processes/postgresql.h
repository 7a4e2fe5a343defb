// A PostgreSQL of the run's own: Debian's programs, a cluster below one folder, a port of loopback
// on which anyone is let in. Durable as shipped (fsync is on).
//
// Thread: that which made it. Throws std::runtime_error, with PostgreSQL's own words, when it
// cannot be made or started.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "torture/processes/child_process.h"

namespace hubbub::torture {

class Postgresql {
 public:
  // `folder`: exists, is empty, and everyone may pass through the folders above it, as PostgreSQL
  // refuses to run as root and so runs as Debian's user `postgres` then.
  explicit Postgresql(std::string folder);

  // Comes back once it answers.
  void start();
  // SIGKILL to every process of it.
  void kill();
  // Its fast shutdown, then start().
  void restart();
  void freeze();
  void thaw();
  // Ends every connection to the database, wherever its transaction is.
  void cut_connections();

  // As libpq takes it.
  [[nodiscard]] const std::string& url() const { return url_; }

 private:
  void run(const std::string& program, std::vector<std::string> words);
  void execute(const std::string& database, const std::string& statement);
  [[nodiscard]] Command command(const std::string& program, std::vector<std::string> words) const;
  [[nodiscard]] std::string last_log_lines() const;

  const std::string folder_;
  const std::string log_path_;
  const std::uint16_t port_;
  const std::string url_;
  std::optional<std::pair<uid_t, gid_t>> user_;
  std::unique_ptr<ChildProcess> process_;
};

}  // namespace hubbub::torture
