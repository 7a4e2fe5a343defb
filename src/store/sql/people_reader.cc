#include "store/sql/people_reader.h"

#include "store/case_folding.h"
#include "store/sql/bans_reader.h"
#include "store/sql/record_page.h"

namespace hubbub::sql {
namespace {

constexpr std::int64_t kProfileRecordsMax = 50;

// A person u, where ?1 is now.
const std::string kPersonColumns =
    "SELECT u.id, u.username, u.role, u.first_seen, u.last_seen,"
    " EXISTS(SELECT 1 FROM bans b WHERE b.banished_id = u.id AND b.pardoned_at IS NULL"
    " AND (b.end_time IS NULL OR b.end_time > ?1)) ";

Person read_person(const Rows& row) {
  Person person;
  person.user = {UserId{row.text(0)}, row.text(1)};
  person.role = static_cast<Role>(row.integer(2));
  person.first_seen = row.time(3);
  person.last_seen = row.time(4);
  person.is_banned = row.boolean(5);
  return person;
}

// The page is cut from an index that has all that it takes, before anyone's row is read.
std::string select_people(const PeopleQuery& query, const Dialect& dialect) {
  const std::string order = query.is_by_id ? "id" : std::string(dialect.username_order) + ", id";
  std::string where = " WHERE true";
  if (!query.username.empty()) where += " AND username = ?2";
  if (!query.part.empty()) {
    where.append(" AND ").append(dialect.position).append("(");
    where.append(dialect.username_folded).append(", ?3) > 0");
  }
  return kPersonColumns + "FROM (SELECT id AS user_id FROM users" + where + " ORDER BY " + order +
         " LIMIT ?4 OFFSET ?5) page" + dialect.ordered_join +
         "users u ON u.id = page.user_id ORDER BY " + order;
}

Result<std::optional<Person>> read_person(Database& database, const UserId& user, Time now) {
  Statement select(database, kPersonColumns + "FROM users u WHERE u.id = ?2");
  Rows rows = select.query(now, user);
  if (rows.next()) return read_person(rows);
  if (!rows.status()) return rows.status().error();
  return std::nullopt;
}

// Both counts come from indexes alone.
Result<std::int64_t> count_messages(Database& database, const UserId& user) {
  Statement select(database,
                   "SELECT (SELECT count(*) FROM chat_messages WHERE owner_id = ?1) -"
                   " (SELECT count(*) FROM chat_messages WHERE owner_id = ?1"
                   " AND removed_at IS NOT NULL)");
  Rows rows = select.query(user);
  if (rows.next()) return rows.integer(0);
  return rows.status().error();
}

}  // namespace

Result<RecordPage<Person>> read_people(Database& database, const PeopleQuery& query) {
  Statement select(database, select_people(query, database.dialect()));
  return read_page<Person>(select.query(query.now, query.username, case_folded(query.part),
                                        query.limit + 1, query.offset),
                           query.limit, read_person);
}

Result<std::optional<PersonProfile>> read_profile(Database& database, const UserId& user,
                                                  Time now) {
  std::optional<PersonProfile> profile;
  Status done = database.read_at_once([&]() -> Status {
    auto person = read_person(database, user, now);
    if (!person) return person.error();
    if (!*person) return {};
    auto message_count = count_messages(database, user);
    if (!message_count) return message_count.error();
    const BanQuery newest{.user = user, .now = now, .limit = kProfileRecordsMax};
    auto bans = read_bans(database, newest);
    if (!bans) return bans.error();
    auto mutes = read_mutes(database, newest);
    if (!mutes) return mutes.error();
    profile = PersonProfile{std::move(**person), *message_count, std::move(bans->records),
                            std::move(mutes->records)};
    return {};
  });
  if (!done) return done.error();
  return profile;
}

}  // namespace hubbub::sql
