#include "store/postgres/upgrade.h"

#include "base/log_line.h"
#include "store/postgres/adoption.h"
#include "store/postgres/migrations.h"

namespace hubbub::postgres {
namespace {

constexpr std::size_t kSetAsideLinesMax = 100;

Result<OldLists> read_lists(OldQueues* queues) {
  OldLists lists;
  if (!queues) return lists;
  for (const OldQueue queue : kOldQueues) {
    auto entries = queues->read(queue);
    if (!entries) return entries.error();
    auto counter = queues->counter(queue);
    if (!counter) return counter.error();
    lists.push_back({queue, std::move(*entries), *counter});
  }
  return lists;
}

Result<bool> is_old_database(Database& database) {
  auto is_old = sql::Statement(database,
                               "SELECT to_regclass('chatserver.schema_migrations') IS NULL"
                               " AND to_regclass('chatserver.chat_messages') IS NOT NULL")
                    .number();
  if (!is_old) return is_old.error();
  return *is_old != 0;
}

Result<std::int64_t> schema_version(Database& database) {
  auto is_there =
      sql::Statement(database, "SELECT to_regclass('chatserver.schema_migrations') IS NOT NULL")
          .number();
  if (!is_there || *is_there == 0) return is_there;
  return sql::Statement(database, "SELECT coalesce(max(version), 0) FROM schema_migrations")
      .number();
}

class Upgrade {
 public:
  Upgrade(Database& database, Result<OldLists> lists, Time now)
      : database_(database), lists_(std::move(lists)), now_(now) {}

  // REQUIRES: a transaction is open.
  Status run();
  // After the commit.
  Status finish(OldQueues& queues);
  [[nodiscard]] const Result<OldLists>& lists() const { return lists_; }
  [[nodiscard]] MigrationReport& report() { return report_; }

 private:
  Status migrate_schema();

  Database& database_;
  const Result<OldLists> lists_;
  const Time now_;
  MigrationReport report_;
};

Status Upgrade::run() {
  auto is_old = is_old_database(database_);
  if (!is_old) return is_old.error();
  report_.adoption.is_first = *is_old;
  if (Status done = migrate_schema(); !done) return done;
  Status done = adopt(database_, lists_ ? *lists_ : OldLists(), now_, report_.adoption);
  if (!done || lists_) return done;
  report_.queues_unread = lists_.error().detail;
  // Without the counters, new messages might take numbers that entries of the lists have.
  if (report_.adoption.is_empty()) return {};
  return Error{Code::kUnavailable,
               "the old server's messages that it had not stored yet cannot be read from Valkey (" +
                   report_.queues_unread +
                   "): start it, or leave HUBBUB_VALKEY_URL empty to go on without them"};
}

Status Upgrade::migrate_schema() {
  auto before = schema_version(database_);
  if (!before) return before.error();
  if (Status done = migrate(database_); !done) return done;
  for (const Migration& step : migrations()) {
    report_.schema = step.version;
    if (step.version > *before) report_.steps.emplace_back(step.name);
  }
  return {};
}

Status Upgrade::finish(OldQueues& queues) {
  for (const OldList& list : *lists_) {
    if (!list.entries.empty()) {
      Status removed = queues.remove_first(list.queue, list.entries.size());
      if (!removed) return removed;
    }
    auto highest = highest_cache_id(database_, list.queue);
    if (!highest) return highest.error();
    if (*highest <= list.counter) continue;
    if (Status raised = queues.raise_counter(list.queue, *highest); !raised) return raised;
  }
  return {};
}

}  // namespace

Result<MigrationReport> upgrade(Database& database, OldQueues* queues, bool is_dry_run, Time now) {
  Upgrade upgrade(database, read_lists(queues), now);
  bool is_done = false;
  Status done = database.transact([&]() -> Status {
    Status ran = upgrade.run();
    is_done = ran.has_value();
    if (is_done && is_dry_run) return Error{Code::kConflict, "a dry run is taken back"};
    return ran;
  });
  if (!done && !(is_done && is_dry_run)) return done.error();
  MigrationReport& report = upgrade.report();
  if (!queues && !report.adoption.is_empty()) {
    report.queues_unread = "HUBBUB_VALKEY_URL is not set";
  }
  if (!queues || is_dry_run || !upgrade.lists()) return std::move(report);
  if (Status finished = upgrade.finish(*queues); !finished) {
    LogLine(Level::kWarning, "old_lists_not_emptied").with("reason", finished.error().detail);
  }
  return std::move(report);
}

void log_upgrade(const MigrationReport& report) {
  const AdoptionReport& adopted = report.adoption;
  if (!report.queues_unread.empty()) {
    LogLine(Level::kWarning, "old_lists_not_looked_at").with("reason", report.queues_unread);
  }
  if (adopted.is_empty()) return;
  LogLine(Level::kInfo, "old_installation_adopted")
      .with("channels", adopted.channel_count)
      .with("archived_channels", adopted.archived_channels.size())
      .with("messages", adopted.message_count)
      .with("private_messages", adopted.private_message_count)
      .with("people", adopted.person_count)
      .with("people_unknown", adopted.unknown_person_count)
      .with("from_lists", adopted.queued_count)
      .with("set_aside", adopted.set_aside.size());
  std::size_t lines = 0;
  for (const auto& one : adopted.set_aside) {
    if (++lines > kSetAsideLinesMax) break;
    LogLine(Level::kWarning, "old_entry_set_aside")
        .with("list", one.list)
        .with("reason", one.reason);
  }
}

}  // namespace hubbub::postgres
