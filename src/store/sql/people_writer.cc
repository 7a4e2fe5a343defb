#include "store/sql/people_writer.h"

#include "store/case_folding.h"

namespace hubbub::sql {

PeopleWriter::PeopleWriter(Database& database, LogHeads& heads)
    : heads_(heads),
      upsert_user_(database, database.dialect().upsert_user),
      update_role_(database, "UPDATE users SET role = ?2 WHERE id = ?1"),
      select_user_(database, "SELECT username, role FROM users WHERE id = ?1") {}

Status PeopleWriter::remember(const RememberUser& user) {
  Status done =
      upsert_user_.run(user.user.id, user.user.username, user.at,
                       static_cast<std::int64_t>(user.role), case_folded(user.user.username));
  if (!done) return done;
  auto inbox = heads_.find_or_make_inbox(user.user.id);
  if (!inbox) return inbox.error();
  return {};
}

Result<Act> PeopleWriter::record(const RecordAccountChange& change) {
  if (change.role) {
    Status done = update_role_.run(change.user, static_cast<std::int64_t>(*change.role));
    if (!done) return done.error();
  }
  return Act{.note = AuditNote{change.action, change.target, change.before, change.after}};
}

Result<std::optional<PeopleWriter::KnownPerson>> PeopleWriter::find(const UserId& user) {
  Rows rows = select_user_.query(user);
  if (rows.next()) return KnownPerson{rows.text(0), static_cast<Role>(rows.integer(1))};
  if (!rows.status()) return rows.status().error();
  return std::nullopt;
}

}  // namespace hubbub::sql
