#include "store/postgres/adoption.h"

#include <algorithm>

#include "base/random.h"
#include "store/postgres/message_placement.h"
#include "store/postgres/old_people.h"
#include "store/postgres/private_message_placement.h"

namespace hubbub::postgres {
namespace {

// Fewer new rows do not mislead the planner.
constexpr std::int64_t kAnalyzeFrom = 1'000;

const char* table_of(OldQueue queue) {
  return queue == OldQueue::kMessages ? "chat_messages" : "private_messages";
}

Result<bool> is_true(Database& database, const std::string& condition) {
  auto answer = sql::Statement(database, "SELECT " + condition).number();
  if (!answer) return answer.error();
  return *answer != 0;
}

// Indexes that every placed message would be put into: built at once afterwards they cost a tenth.
class IndexesAside {
 public:
  explicit IndexesAside(Database& database) : database_(database) {}

  Status drop() {
    {
      sql::Statement select(database_,
                            "SELECT indexname, indexdef FROM pg_indexes"
                            " WHERE schemaname = 'chatserver' AND indexname IN"
                            " ('chat_messages_by_words', 'chat_messages_by_channel',"
                            " 'chat_messages_by_send_key') ORDER BY indexname");
      sql::Rows rows = select.query();
      while (rows.next()) {
        drop_ += "DROP INDEX " + rows.text(0) + ";";
        make_again_ += rows.text(1) + ";";
      }
      if (!rows.status()) return rows.status();
    }
    return database_.execute(drop_);
  }
  Status make_again() { return database_.execute(make_again_); }

 private:
  Database& database_;
  std::string drop_;
  std::string make_again_;
};

class Adoption {
 public:
  Adoption(Database& database, Time now, AdoptionReport& report)
      : database_(database), now_(now), report_(report), heads_(database) {}

  Status run(const OldLists& lists);

 private:
  Status drop_old_indexes();
  Status keep_identity();
  Status adopt_channels();
  Status free_ids(const OldLists& lists, const OldEntriesIntake& intake);
  Result<bool> has_work(const OldLists& lists);
  Status raise_sequence(const std::string& sequence, const std::string& highest,
                        std::int64_t at_least);
  Status place_messages();
  Status analyze();

  Database& database_;
  const Time now_;
  AdoptionReport& report_;
  sql::LogHeads heads_;
  bool has_work_ = false;
};

Status Adoption::run(const OldLists& lists) {
  if (Status done = drop_old_indexes(); !done) return done;
  if (Status done = keep_identity(); !done) return done;
  auto has_work = this->has_work(lists);
  if (!has_work) return has_work.error();
  has_work_ = *has_work;
  OldEntriesIntake intake(database_, report_);
  for (const OldList& list : lists) intake.read(list);
  if (Status done = free_ids(lists, intake); !done) return done;
  if (Status done = adopt_channels(); !done) return done;
  if (Status done = intake.store(now_); !done) return done;

  OldPeople people(database_, now_);
  if (Status done = people.add_all(); !done) return done;
  report_.person_count = people.added_count();
  if (Status done = place_messages(); !done) return done;
  if (report_.is_empty()) return {};
  auto unknown = people.unknown_count();
  if (!unknown) return unknown.error();
  report_.unknown_person_count = *unknown;
  return analyze();
}

// What only the old server's own searches need; it makes them again when it comes back.
Status Adoption::drop_old_indexes() {
  for (const char* index : {"chat_messages_search_idx", "private_messages_search_idx"}) {
    auto is_there =
        is_true(database_, std::string("to_regclass('chatserver.") + index + "') IS NOT NULL");
    if (!is_there) return is_there.error();
    if (!*is_there) continue;
    Status dropped = database_.execute(std::string("DROP INDEX ") + index);
    if (!dropped) return dropped;
  }
  return {};
}

// An installation keeps its server id and its limits, and is no new database even where it never
// had them.
Status Adoption::keep_identity() {
  Status done = sql::Statement(database_,
                               "INSERT INTO server_instances(server_id, server_name)"
                               " SELECT CAST(?1 AS uuid), 'OnRabble'"
                               " WHERE NOT EXISTS (SELECT 1 FROM server_instances)"
                               " AND (EXISTS (SELECT 1 FROM channels)"
                               " OR EXISTS (SELECT 1 FROM chat_messages))")
                    .run(random_uuid());
  if (!done) return done;
  return sql::Statement(database_,
                        "INSERT INTO rate_limiter(id, owner_id) SELECT 1, 'default'"
                        " WHERE NOT EXISTS (SELECT 1 FROM rate_limiter)"
                        " AND EXISTS (SELECT 1 FROM server_instances)")
      .run();
}

// Whether ids will be taken.
Result<bool> Adoption::has_work(const OldLists& lists) {
  for (const OldList& list : lists) {
    if (!list.entries.empty()) return true;
  }
  return is_true(database_, "EXISTS (SELECT 1 FROM chat_messages WHERE seq IS NULL)");
}

Status Adoption::adopt_channels() {
  std::vector<ChannelId> channels;
  {
    sql::Statement select(database_, "SELECT id FROM channels WHERE log_id IS NULL ORDER BY id");
    sql::Rows rows = select.query();
    while (rows.next()) channels.push_back(ChannelId{rows.integer(0)});
    if (!rows.status()) return rows.status();
  }
  sql::Statement give_log(database_, "UPDATE channels SET log_id = ?2 WHERE id = ?1");
  for (const ChannelId channel : channels) {
    auto log = heads_.make(sql::LogKind::kChannel, std::nullopt);
    if (!log) return log.error();
    if (Status done = give_log.run(channel, *log); !done) return done;
  }
  report_.channel_count = std::ssize(channels);
  return {};
}

// The next id of each table is beyond all ids, and of messages beyond every cache_id too, those
// that only the counters know of included: a new message's cache_id is its id.
Status Adoption::free_ids(const OldLists& lists, const OldEntriesIntake& intake) {
  for (const OldQueue queue : kOldQueues) {
    std::int64_t at_least = intake.highest_cache_id(queue);
    for (const OldList& list : lists) {
      const bool is_its = list.queue == queue && list.counter <= kCacheIdMax;
      if (is_its) at_least = std::max(at_least, list.counter);
    }
    const std::string table = table_of(queue);
    Status done = raise_sequence(
        table + "_id_seq",
        "greatest((SELECT max(id) FROM " + table + "), (SELECT max(cache_id) FROM " + table + "))",
        at_least);
    if (!done) return done;
  }
  for (const std::string table : {"chat_sessions", "bans"}) {
    Status done = raise_sequence(table + "_id_seq", "(SELECT max(id) FROM " + table + ")", 0);
    if (!done) return done;
  }
  return raise_sequence("channels_id_seq",
                        "greatest((SELECT max(id) FROM channels),"
                        " (SELECT max(id) FROM archived_channels))",
                        0);
}

// Not setval(), which no rollback takes back; nor what is taken from a sequence, unless it was
// begun anew in the same transaction.
Status Adoption::raise_sequence(const std::string& sequence, const std::string& highest,
                                std::int64_t at_least) {
  auto taken =
      sql::Statement(database_, "SELECT coalesce(CAST(" + highest + " AS bigint), 0)").number();
  if (!taken) return taken.error();
  auto next =
      sql::Statement(database_, "SELECT last_value + CAST(is_called AS int) FROM " + sequence)
          .number();
  if (!next) return next.error();
  const std::int64_t first_free = std::max({*taken + 1, at_least + 1, *next});
  if (*next == first_free && !has_work_) return {};
  return database_.execute("ALTER SEQUENCE " + sequence + " RESTART WITH " +
                           std::to_string(first_free));
}

Status Adoption::place_messages() {
  MessagePlacement messages(database_, heads_);
  IndexesAside indexes(database_);
  // Or a page is taken for a scan of all that have no place yet.
  if (has_work_) {
    if (Status done = database_.execute("ANALYZE chat_messages"); !done) return done;
  }
  if (report_.is_first) {
    if (Status done = indexes.drop(); !done) return done;
  }
  if (Status done = messages.place_all(now_); !done) return done;
  if (report_.is_first) {
    if (Status done = indexes.make_again(); !done) return done;
  }
  PrivateMessagePlacement private_messages(database_, heads_);
  if (Status done = private_messages.place_all(); !done) return done;
  report_.archived_channels = messages.archived();
  report_.message_count = messages.message_count();
  report_.private_message_count = private_messages.message_count();
  return heads_.flush();
}

// Until statistics are there, the planner takes new tables for empty ones.
Status Adoption::analyze() {
  if (report_.message_count + report_.private_message_count + report_.person_count < kAnalyzeFrom) {
    return {};
  }
  return database_.execute(
      "ANALYZE chat_messages; ANALYZE private_messages; ANALYZE log_entries; ANALYZE logs;"
      "ANALYZE users");
}

}  // namespace

Status adopt(Database& database, const OldLists& lists, Time now, AdoptionReport& report) {
  return Adoption(database, now, report).run(lists);
}

Result<std::int64_t> highest_cache_id(Database& database, OldQueue queue) {
  return sql::Statement(database,
                        std::string("SELECT coalesce(max(cache_id), 0) FROM ") + table_of(queue))
      .number();
}

}  // namespace hubbub::postgres
