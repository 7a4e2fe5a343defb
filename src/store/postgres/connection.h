// One connection to PostgreSQL, through libpq in pipeline mode: what is queued goes out as one, in
// one round trip, and is one transaction unless it says otherwise. Source:
// https://www.postgresql.org/docs/15/libpq-pipeline-mode.html
//
// Never blocks beyond its time limits, whatever the server does: the socket is not blocking, and
// every wait has a deadline. A connection that failed to answer in time is broken for good: nobody
// knows what became of what it was asked.
//
// Thread: one at a time. Errors: kUnavailable: gone, out of time, out of room, shutting down;
// kInternal: the statement or its values are refused and always will be.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "base/error.h"
#include "store/postgres/parameters.h"

struct pg_conn;
struct pg_result;

namespace hubbub::postgres {

struct TimeLimits {
  std::chrono::milliseconds connect{5'000};
  // How long the server may work at one statement, and wait for a lock; it is given a little longer
  // to say so. 0: no limit.
  std::chrono::milliseconds statement{10'000};
};

struct ClearResult {
  void operator()(pg_result* result) const;
};
using ResultHandle = std::unique_ptr<pg_result, ClearResult>;

class Connection {
 public:
  // `url`: postgresql://…, with libpq's parameters (sslmode, sslrootcert …).
  static Result<std::unique_ptr<Connection>> open(const std::string& url, TimeLimits limits);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // Queues a statement. The result of one that is a mere command is not given.
  void queue(const std::string& sql, const Parameters& parameters = {});
  void queue_command(const std::string& sql);
  // The same in two steps, of which the first is done once a connection.
  void queue_prepare(const std::string& name, const std::string& sql, const Parameters& parameters);
  void queue_prepared(const std::string& name, const Parameters& parameters);

  // Sends what is queued and waits for all of it. The result of each queue() and queue_prepared(),
  // in order. Errors: that of the first statement that failed; the later ones were not run.
  Result<std::vector<ResultHandle>> run();

  // A script of any number of statements. REQUIRES: nothing is queued.
  Status execute(const std::string& script);

  // Nothing more comes of it: it is broken, or, where nothing is queued, the server ended it
  // meanwhile (a restart, say). Cost: one poll().
  [[nodiscard]] bool has_ended();

 private:
  Connection(pg_conn* handle, TimeLimits limits) : handle_(handle), limits_(limits) {}

  using Deadline = std::chrono::steady_clock::time_point;
  Status connect();
  Status set_up();
  [[nodiscard]] Deadline deadline() const;
  // Until the socket can be read, or written where `writes`.
  Status wait(bool writes, Deadline deadline);
  Status flush(Deadline deadline);
  // The next result, null between those of two statements.
  Result<ResultHandle> next_result(Deadline deadline);
  Result<std::vector<ResultHandle>> collect();
  void note(bool is_sent);
  Error broken(const std::string& what);

  pg_conn* const handle_;
  const TimeLimits limits_;
  // Of each statement on its way, whether its result is wanted.
  std::vector<bool> queued_;
  bool is_broken_ = false;
};

}  // namespace hubbub::postgres
