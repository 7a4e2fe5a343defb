#include "store/postgres/connection.h"

#include <libpq-fe.h>
#include <poll.h>

#include <algorithm>
#include <cerrno>
#include <optional>
#include <string_view>

#include "base/check.h"

namespace hubbub::postgres {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

// For the server to say that its own limit has passed.
constexpr milliseconds kAnswerWithin{2'000};

// libpq ends its messages with a newline.
std::string trimmed(const char* message) {
  std::string text(message ? message : "");
  while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.pop_back();
  std::ranges::replace(text, '\n', ' ');
  return text;
}

// SQLSTATE classes: 22 data exception, 23 integrity, 42 syntax or access rule, 54 program limit,
// 0A not supported: the same again would fail again.
Code code_of(std::string_view state) {
  for (const std::string_view lasting : {"22", "23", "42", "54", "0A"}) {
    if (state.starts_with(lasting)) return Code::kInternal;
  }
  return Code::kUnavailable;
}

Error error_of(const PGresult* result) {
  const char* state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
  std::string detail = trimmed(PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY));
  if (detail.empty()) detail = trimmed(PQresultErrorMessage(result));
  if (state) detail.append(" (SQLSTATE ").append(state).append(")");
  return Error{code_of(state ? state : ""), "PostgreSQL: " + detail};
}

bool has_failed(const PGresult* result) {
  switch (PQresultStatus(result)) {
    case PGRES_COMMAND_OK:
    case PGRES_TUPLES_OK:
    case PGRES_EMPTY_QUERY:
    case PGRES_PIPELINE_SYNC:
      return false;
    default:
      return true;
  }
}

std::string set_milliseconds(const char* name, milliseconds limit) {
  return std::string("SET ") + name + " = " + std::to_string(limit.count()) + ";";
}

// Everything in UTC. Nothing is compiled to machine code: a batch costs less than its compilation.
// A commit is on disk when it is answered, whatever the operator set; of the stronger settings
// (remote_apply …) none is weakened.
std::string session_settings(const TimeLimits& limits) {
  return "SET search_path = chatserver; SET timezone = 'UTC'; SET client_encoding = 'UTF8';"
         "SET datestyle = 'ISO'; SET jit = off; SET idle_in_transaction_session_timeout = 60000;" +
         set_milliseconds("statement_timeout", limits.statement) +
         set_milliseconds("lock_timeout", limits.statement) +
         "SELECT set_config('synchronous_commit', 'on', false)"
         " WHERE current_setting('synchronous_commit') = 'off'";
}

}  // namespace

void ClearResult::operator()(pg_result* result) const { PQclear(result); }

Connection::~Connection() { PQfinish(handle_); }

Result<std::unique_ptr<Connection>> Connection::open(const std::string& url, TimeLimits limits) {
  const char* const names[] = {"dbname", "fallback_application_name", nullptr};
  const char* const values[] = {url.c_str(), "hubbub", nullptr};
  // dbname is expanded: it may be a whole URL.
  PGconn* handle = PQconnectStartParams(names, values, 1);
  if (!handle) return Error{Code::kUnavailable, "no memory to connect to the database"};
  std::unique_ptr<Connection> connection(new Connection(handle, limits));
  if (Status done = connection->connect(); !done) return done.error();
  if (Status done = connection->set_up(); !done) return done.error();
  return connection;
}

Status Connection::connect() {
  const Deadline deadline = steady_clock::now() + limits_.connect;
  PostgresPollingStatusType next = PGRES_POLLING_WRITING;
  while (PQstatus(handle_) != CONNECTION_BAD) {
    if (next == PGRES_POLLING_OK) return {};
    if (next == PGRES_POLLING_FAILED) break;
    Status ready = wait(next == PGRES_POLLING_WRITING, deadline);
    if (!ready) return ready;
    next = PQconnectPoll(handle_);
  }
  return broken("cannot connect");
}

Status Connection::set_up() {
  PQsetNoticeProcessor(
      handle_, [](void*, const char*) {}, nullptr);
  if (PQsetnonblocking(handle_, 1) != 0 || PQenterPipelineMode(handle_) != 1) {
    return broken("cannot use pipeline mode");
  }
  return execute(session_settings(limits_));
}

// The server's last words come first, the end of the stream after them.
bool Connection::has_ended() {
  if (!queued_.empty()) return is_broken_;
  pollfd readable{PQsocket(handle_), POLLIN, 0};
  while (!is_broken_ && ::poll(&readable, 1, 0) > 0) is_broken_ = PQconsumeInput(handle_) != 1;
  return is_broken_;
}

void Connection::queue(const std::string& sql, const Parameters& parameters) {
  const auto values = parameters.values();
  const auto formats = parameters.formats();
  note(PQsendQueryParams(handle_, sql.c_str(), parameters.count(), parameters.types(),
                         values.data(), parameters.lengths(), formats.data(), 1) == 1);
  queued_.push_back(true);
}

void Connection::queue_command(const std::string& sql) {
  queue(sql);
  queued_.back() = false;
}

void Connection::queue_prepare(const std::string& name, const std::string& sql,
                               const Parameters& parameters) {
  note(PQsendPrepare(handle_, name.c_str(), sql.c_str(), parameters.count(), parameters.types()) ==
       1);
  queued_.push_back(false);
}

void Connection::queue_prepared(const std::string& name, const Parameters& parameters) {
  const auto values = parameters.values();
  const auto formats = parameters.formats();
  note(PQsendQueryPrepared(handle_, name.c_str(), parameters.count(), values.data(),
                           parameters.lengths(), formats.data(), 1) == 1);
  queued_.push_back(true);
}

Result<std::vector<ResultHandle>> Connection::run() {
  if (!is_broken_) note(PQpipelineSync(handle_) == 1);
  if (is_broken_) {
    queued_.clear();
    return broken("the connection was lost");
  }
  return collect();
}

// Results come in the order of the statements, each followed by null; last of all the sync.
Result<std::vector<ResultHandle>> Connection::collect() {
  const Deadline until = deadline();
  std::optional<Error> failure;
  std::vector<ResultHandle> wanted;
  if (Status sent = flush(until); !sent) return sent.error();
  for (std::size_t at = 0;;) {
    auto result = next_result(until);
    if (!result) return result.error();
    if (!*result) {
      ++at;
      continue;
    }
    if (PQresultStatus(result->get()) == PGRES_PIPELINE_SYNC) break;
    const bool is_aborted = PQresultStatus(result->get()) == PGRES_PIPELINE_ABORTED;
    if (has_failed(result->get()) && !is_aborted && !failure) failure = error_of(result->get());
    if (at < queued_.size() && queued_[at]) wanted.push_back(std::move(*result));
  }
  queued_.clear();
  if (PQstatus(handle_) == CONNECTION_BAD) return broken("the connection was lost");
  if (failure) return *failure;
  return wanted;
}

// Only the simple protocol takes scripts, and only outside of pipeline mode.
Status Connection::execute(const std::string& script) {
  HUBBUB_CHECK(queued_.empty());
  if (is_broken_) return broken("the connection was lost");
  if (PQexitPipelineMode(handle_) != 1 || PQsendQuery(handle_, script.c_str()) != 1) {
    return broken("cannot send a script");
  }
  const Deadline until = deadline();
  std::optional<Error> failure;
  if (Status sent = flush(until); !sent) return sent;
  for (;;) {
    auto result = next_result(until);
    if (!result) return result.error();
    if (!*result) break;
    if (has_failed(result->get()) && !failure) failure = error_of(result->get());
  }
  if (PQenterPipelineMode(handle_) != 1) return broken("cannot use pipeline mode");
  if (failure) return *failure;
  return {};
}

Connection::Deadline Connection::deadline() const {
  // A day stands for ever: poll() counts milliseconds in an int.
  constexpr std::chrono::hours kNoLimit{24};
  if (limits_.statement.count() == 0) return steady_clock::now() + kNoLimit;
  return steady_clock::now() + limits_.statement + kAnswerWithin;
}

Status Connection::wait(bool writes, Deadline deadline) {
  pollfd poll_one{PQsocket(handle_), static_cast<short>(writes ? POLLIN | POLLOUT : POLLIN), 0};
  for (;;) {
    const auto left = std::chrono::ceil<milliseconds>(deadline - steady_clock::now()).count();
    if (left <= 0) return broken("no answer in time");
    const int ready = ::poll(&poll_one, 1, static_cast<int>(left));
    if (ready > 0) return {};
    if (ready < 0 && errno != EINTR) return broken("poll failed");
  }
}

Status Connection::flush(Deadline deadline) {
  for (;;) {
    const int left = PQflush(handle_);
    if (left == 0) return {};
    if (left < 0) return broken("cannot send");
    if (Status ready = wait(true, deadline); !ready) return ready;
    // The server may be waiting for us to take its answers.
    if (PQconsumeInput(handle_) != 1) return broken("the connection was lost");
  }
}

Result<ResultHandle> Connection::next_result(Deadline deadline) {
  while (PQisBusy(handle_)) {
    if (Status ready = wait(false, deadline); !ready) return ready.error();
    if (PQconsumeInput(handle_) != 1) return broken("the connection was lost");
    if (Status sent = flush(deadline); !sent) return sent.error();
  }
  ResultHandle result(PQgetResult(handle_));
  // Otherwise null results would go on for ever.
  if (!result && PQstatus(handle_) == CONNECTION_BAD) return broken("the connection was lost");
  return result;
}

void Connection::note(bool is_sent) { is_broken_ |= !is_sent; }

Error Connection::broken(const std::string& what) {
  is_broken_ = true;
  queued_.clear();
  const std::string said = trimmed(PQerrorMessage(handle_));
  return Error{Code::kUnavailable, "PostgreSQL: " + what + (said.empty() ? "" : ": " + said)};
}

}  // namespace hubbub::postgres
