#include "store/sql/log_heads.h"

#include <algorithm>

#include "base/random.h"

namespace hubbub::sql {
namespace {

// About 100 bytes each; then the next batch starts from an empty table.
constexpr std::size_t kHeadsMax = 100'000;
// Never repeated by chance: 2^72 values.
constexpr std::size_t kEpochBytes = 9;

}  // namespace

LogHeads::LogHeads(Database& database)
    : insert_log_(database,
                  "INSERT INTO logs(kind, owner_id, epoch) VALUES (?1, ?2, ?3) RETURNING id"),
      select_inbox_(database, "SELECT id FROM logs WHERE owner_id = ?1"),
      select_head_(database, std::string("SELECT epoch, head_seq FROM logs WHERE id = ?1") +
                                 database.dialect().for_update),
      insert_entry_(database,
                    "INSERT INTO log_entries(log_id, seq, kind, message_id, ref_seq)"
                    " VALUES (?1, ?2, ?3, ?4, ?5)"),
      update_head_(database, "UPDATE logs SET head_seq = ?2 WHERE id = ?1") {}

Result<LogId> LogHeads::make(LogKind kind, const std::optional<UserId>& owner) {
  auto id = insert_log_.number(static_cast<int>(kind), owner, random_token(kEpochBytes));
  if (!id) return id.error();
  return LogId{*id};
}

Result<LogId> LogHeads::find_or_make_inbox(const UserId& user) {
  {
    Rows rows = select_inbox_.query(user);
    if (rows.next()) return LogId{rows.integer(0)};
    if (!rows.status()) return rows.status().error();
  }
  return make(LogKind::kInbox, user);
}

Result<Position> LogHeads::take_next(LogId log) {
  auto head = load(log);
  if (!head) return head.error();
  ++(*head)->seq;
  moved_.push_back(log);
  return Position{(*head)->epoch, (*head)->seq};
}

Status LogHeads::record(LogId log, Seq seq, EntryKind kind, MessageId message,
                        std::optional<Seq> removed_seq) {
  return insert_entry_.run(log, seq, static_cast<int>(kind), message, removed_seq);
}

Status LogHeads::flush() {
  std::ranges::sort(moved_);
  // Not std::ranges::unique: clang 14 does not compile libstdc++'s subrange.
  moved_.erase(std::unique(moved_.begin(), moved_.end()), moved_.end());
  for (const LogId log : moved_) {
    // Of a log that was purged later in the batch, no row is left to update.
    if (Status done = update_head_.run(log, heads_.at(log).seq); !done) return done;
  }
  moved_.clear();
  if (heads_.size() > kHeadsMax) heads_.clear();
  return {};
}

void LogHeads::forget() {
  heads_.clear();
  moved_.clear();
}

Result<LogHeads::Head*> LogHeads::load(LogId log) {
  auto found = heads_.find(log);
  if (found != heads_.end()) return &found->second;
  Rows rows = select_head_.query(log);
  if (!rows.next()) {
    if (!rows.status()) return rows.status().error();
    return Error{Code::kUnavailable, "the database lost log " + std::to_string(log.value)};
  }
  Head& head = heads_[log];
  head = {rows.text(0), static_cast<Seq>(rows.integer(1))};
  return &head;
}

}  // namespace hubbub::sql
