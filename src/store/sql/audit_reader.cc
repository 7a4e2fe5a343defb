#include "store/sql/audit_reader.h"

#include <limits>

#include "store/sql/record_page.h"

namespace hubbub::sql {
namespace {

AuditRecord read_record(const Rows& row) {
  AuditRecord record;
  record.id = row.integer(0);
  record.at = row.time(1);
  record.by = Actor({UserId{row.text(2)}, row.text(3)}, row.text(4));
  record.action = row.text(5);
  record.target = row.text(6);
  record.before = row.text(7);
  record.after = row.text(8);
  return record;
}

// ?1 before, ?2 actor, ?3 action, ?4 limit + 1. The page is cut from an index, before any record is
// read.
std::string select_audit(const AuditQuery& query, const Dialect& dialect) {
  std::string where = " WHERE id < ?1";
  if (!query.actor.empty()) where += " AND actor_id = ?2";
  if (query.action.ends_with('.')) {
    // '/' follows '.': all that start so, by the index.
    where += " AND action > ?3 AND action < substr(?3, 1, length(?3) - 1) || '/'";
  } else if (!query.action.empty()) {
    where += " AND action = ?3";
  }
  return "SELECT a.id, a.at, a.actor_id, a.actor_username, a.address, a.action, a.target,"
         " a.before, a.after FROM (SELECT id FROM audit_log" +
         where + " ORDER BY id DESC LIMIT ?4) page" + dialect.ordered_join +
         "audit_log a ON a.id = page.id ORDER BY a.id DESC";
}

}  // namespace

Result<RecordPage<AuditRecord>> read_audit(Database& database, const AuditQuery& query) {
  constexpr auto kNewest = std::numeric_limits<std::int64_t>::max();
  Statement select(database, select_audit(query, database.dialect()));
  return read_page(
      select.query(query.before_id.value_or(kNewest), query.actor, query.action, query.limit + 1),
      query.limit, read_record);
}

}  // namespace hubbub::sql
