#include "store/sql/activity_reader.h"

#include "store/sql/record_page.h"

namespace hubbub::sql {
namespace {

using std::chrono::microseconds;

// What a session of chat_sessions lasted, open ones until ?1. A clock that was set back makes no
// time.
std::string session_length(const Database& database) {
  return database.dialect().length("start_time", "coalesce(end_time, ?1)");
}

// What is left to read in a channel c; both counts come from indexes alone.
const std::string kMessageCount =
    "(SELECT count(*) FROM chat_messages WHERE channel_id = c.id) -"
    " (SELECT count(*) FROM chat_messages WHERE channel_id = c.id AND removed_at IS NOT NULL)";

SessionDay read_session_day(const Rows& row) {
  return {row.text(0), row.integer(1), microseconds(row.integer(2))};
}

UserActivity read_user(const Rows& row) {
  return {{UserId{row.text(0)}, row.text(1)}, row.integer(2), microseconds(row.integer(3))};
}

ConnectionDay read_connection_day(const Rows& row) { return {row.text(0), row.integer(1)}; }

ChannelMessageCount read_message_count(const Rows& row) {
  const ChannelRules rules{.is_staff_only = row.boolean(1), .is_private = row.boolean(2)};
  return {row.text(0), rules.audience(), row.integer(3)};
}

ArchivedChannel read_archived_channel(const Rows& row) {
  return {ChannelId{row.integer(0)}, row.text(1), row.text(2), row.time(3), row.integer(4)};
}

}  // namespace

Result<std::vector<SessionDay>> read_session_days(Database& database, const UserId& user,
                                                  Time since, Time now) {
  const std::string owner = user.empty() ? "?3 = ''" : "owner_id = ?3";
  Statement select(database, "SELECT " + database.dialect().day("start_time") +
                                 " AS day, count(*), CAST(sum(" + session_length(database) +
                                 ") AS bigint) FROM chat_sessions WHERE " + owner +
                                 " AND start_time >= ?2 GROUP BY day ORDER BY day");
  return read_records(select.query(now, since, user), read_session_day);
}

// The unary + keeps the sessions of all time, in the order of their owners, from being read
// instead.
Result<std::vector<UserActivity>> read_user_activity(Database& database, Time since, Time now,
                                                     std::int64_t limit) {
  Statement select(database,
                   "SELECT page.owner_id, coalesce(u.username, ?3), page.sessions, page.total"
                   " FROM (SELECT owner_id, count(*) AS sessions, CAST(sum(" +
                       session_length(database) +
                       ") AS bigint) AS total FROM chat_sessions WHERE start_time >= ?2 GROUP BY " +
                       database.dialect().unindexed +
                       "owner_id"
                       " ORDER BY total DESC, owner_id LIMIT ?4) page"
                       " LEFT JOIN users u ON u.id = page.owner_id"
                       " ORDER BY page.total DESC, page.owner_id");
  return read_records(select.query(now, since, kUnknownUsername, limit), read_user);
}

Result<std::vector<ConnectionDay>> read_connection_peaks(Database& database, Time since) {
  const auto day = std::chrono::floor<std::chrono::days>(since).time_since_epoch().count();
  Statement select(database, "SELECT " + database.dialect().day_of_number("day") +
                                 ", peak FROM connection_peaks"
                                 " WHERE day >= ?1 ORDER BY day");
  return read_records(select.query(day), read_connection_day);
}

Result<std::vector<ChannelMessageCount>> read_message_counts(Database& database) {
  Statement select(database,
                   "WITH counted AS MATERIALIZED (SELECT c.name, c.is_staff_only, c.is_private, " +
                       kMessageCount + " AS messages FROM " + database.dialect().all_channels +
                       " c)"
                       " SELECT name, is_staff_only, is_private, CAST(sum(messages) AS bigint) AS "
                       "total FROM counted"
                       " GROUP BY name, is_staff_only, is_private HAVING sum(messages) > 0"
                       " ORDER BY total DESC, name");
  return read_records(select.query(), read_message_count);
}

Result<std::vector<ArchivedChannel>> read_archived_channels(Database& database) {
  Statement select(database, "SELECT c.id, c.name, c.description, c.archived_at, " + kMessageCount +
                                 " FROM " + database.dialect().all_channels +
                                 " c WHERE c.archived_at IS NOT NULL"
                                 " ORDER BY c.archived_at DESC, c.id DESC");
  return read_records(select.query(), read_archived_channel);
}

}  // namespace hubbub::sql
