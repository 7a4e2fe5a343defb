#include "store/postgres/database.h"

#include <libpq-fe.h>

#include <algorithm>
#include <charconv>
#include <cstring>

#include "base/check.h"
#include "base/random.h"
#include "store/postgres/dialect.h"
#include "store/postgres/prepared.h"

namespace hubbub::postgres {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kFirstPause{50};
constexpr milliseconds kPauseMax{2'000};

// Half of it at least, so that many connections do not come back at the same moment.
milliseconds spread(milliseconds pause) {
  const auto half = static_cast<std::uint32_t>(pause.count() / 2);
  return milliseconds(half + random_below(half + 1));
}

}  // namespace

Database::Database(std::string url, TimeLimits limits, OnConnect on_connect)
    : url_(std::move(url)), limits_(limits), on_connect_(std::move(on_connect)) {}

Database::~Database() = default;

const sql::Dialect& Database::dialect() const { return postgres::dialect(); }

std::unique_ptr<sql::PreparedStatement> Database::prepare(const std::string& sql) {
  return std::make_unique<Prepared>(*this, sql);
}

Result<Connection*> Database::connection() {
  if (connection_ && !connection_->has_ended()) return connection_.get();
  if (in_transaction_) {
    return Error{Code::kUnavailable, "PostgreSQL: the connection was lost in a transaction"};
  }
  if (Status done = reconnect(); !done) return done.error();
  return connection_.get();
}

Status Database::reconnect() {
  connection_.reset();
  const SteadyTime now = system_clock().steady_now();
  if (now < retry_at_) return Error{Code::kUnavailable, last_failure_};
  auto opened = Connection::open(url_, limits_);
  Status done = opened ? Status() : Status(opened.error());
  if (done && on_connect_) done = on_connect_(**opened);
  if (!done) {
    pause_ = std::clamp(pause_ * 2, kFirstPause, kPauseMax);
    retry_at_ = system_clock().steady_now() + spread(pause_);
    last_failure_ = done.error().detail;
    return Error{Code::kUnavailable, last_failure_};
  }
  connection_ = std::move(*opened);
  pause_ = milliseconds(0);
  ++generation_;
  return {};
}

void Database::disconnect() { connection_.reset(); }

Status Database::execute(const std::string& script) {
  auto connected = connection();
  if (!connected) return connected.error();
  // What begins a transaction may still wait: scripts cannot travel with it.
  if (auto begun = (*connected)->run(); !begun) return begun.error();
  return (*connected)->execute(script);
}

void Database::note_changes(const ResultHandle& result) {
  const char* count = PQcmdTuples(result.get());
  change_count_ = 0;
  std::from_chars(count, count + std::strlen(count), change_count_);
}

Status Database::begin(bool is_write) {
  HUBBUB_CHECK(!in_transaction_);
  auto connected = connection();
  if (!connected) return connected.error();
  (*connected)
      ->queue_command(is_write ? "BEGIN" : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
  in_transaction_ = true;
  return {};
}

Status Database::end(bool commit) {
  auto connected = connection();
  in_transaction_ = false;
  if (!connected) return connected.error();
  (*connected)->queue(commit ? "COMMIT" : "ROLLBACK");
  auto results = (*connected)->run();
  if (!results) return results.error();
  // A transaction in which something failed ends with ROLLBACK, whatever was asked.
  if (commit && std::strcmp(PQcmdStatus(results->back().get()), "COMMIT") != 0) {
    return Error{Code::kInternal, "PostgreSQL: the transaction was rolled back"};
  }
  return {};
}

}  // namespace hubbub::postgres
