#include "store/postgres/writer_lock.h"

#include <libpq-fe.h>

#include "store/postgres/prepared.h"

namespace hubbub::postgres {
namespace {

// "HubW". Numbers of advisory locks are each database's own.
constexpr const char* kLock = "SELECT pg_try_advisory_lock(1215652439)";
constexpr const char* kOwnSession =
    "SELECT pid || ' ' || backend_start FROM pg_stat_activity WHERE pid = pg_backend_pid()";
constexpr const char* kEndSession =
    "SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity"
    " WHERE pid || ' ' || backend_start = $1";
// A server that ended a moment ago: its session follows.
constexpr const char* kAwaitLock = "SELECT pg_advisory_lock(1215652439)";

Result<ResultHandle> run(Connection& connection, const char* sql,
                         const Parameters& parameters = {}) {
  connection.queue(sql, parameters);
  auto results = connection.run();
  if (!results) return results.error();
  return std::move(results->back());
}

}  // namespace

Status WriterLock::take(Connection& connection) {
  if (!session_.empty()) {
    Parameters earlier;
    earlier.add(std::string_view(session_));
    auto ended = run(connection, kEndSession, earlier);
    if (!ended) return ended.error();
  }
  auto taken = run(connection, kLock);
  if (!taken) return taken.error();
  if (read_integer(taken->get(), 0, 0) == 0) {
    // Until lock_timeout.
    if (auto waited = run(connection, kAwaitLock); !waited) {
      return Error{Code::kUnavailable,
                   "another Hubbub server writes to this database; stop it first (" +
                       waited.error().detail + ")"};
    }
  }
  auto session = run(connection, kOwnSession);
  if (!session) return session.error();
  session_ = read_text(session->get(), 0, 0);
  return {};
}

}  // namespace hubbub::postgres
