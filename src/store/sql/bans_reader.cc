#include "store/sql/bans_reader.h"

#include "store/sql/record_page.h"

namespace hubbub::sql {
namespace {

Actor read_actor(const Rows& row, int column) {
  return Actor({UserId{row.text(column)}, row.text(column + 1)});
}

std::optional<Time> read_end(const Rows& row, int column) {
  if (row.is_null(column)) return std::nullopt;
  return row.time(column);
}

Ban read_ban(const Rows& row) {
  Ban ban;
  ban.id = row.integer(0);
  ban.by = read_actor(row, 1);
  ban.user = UserId{row.text(3)};
  ban.username = row.text(4);
  ban.reason = row.text(5);
  ban.has_reason = !row.is_null(5);
  ban.start = row.time(6);
  ban.end = read_end(row, 7);
  ban.is_pardoned = !row.is_null(8);
  return ban;
}

Mute read_mute(const Rows& row) {
  Mute mute;
  mute.id = row.integer(0);
  mute.by = read_actor(row, 1);
  mute.user = UserId{row.text(3)};
  mute.username = row.text(4);
  mute.reason = row.text(5);
  mute.has_reason = !row.is_null(5);
  mute.start = row.time(6);
  mute.end = read_end(row, 7);
  mute.is_lifted = !row.is_null(8);
  mute.channel = ChannelId{row.integer(9)};
  mute.channel_name = row.text(10);
  const ChannelRules rules{.is_staff_only = row.boolean(11), .is_private = row.boolean(12)};
  mute.channel_audience = rules.audience();
  return mute;
}

// From ?1 unknown name, ?2 user, ?3 now, ?4 limit + 1, ?5 offset. `user` and `lifted_at`: the
// columns of t that say whom it hit and when it was taken back.
std::string narrowed(const BanQuery& query, const std::string& user, const std::string& lifted_at) {
  std::string where = " WHERE true";
  if (!query.user.empty()) where += " AND t." + user + " = ?2";
  if (query.is_active_only) {
    where += " AND t." + lifted_at + " IS NULL AND (t.end_time IS NULL OR t.end_time > ?3)";
  }
  return where + " ORDER BY t.id DESC LIMIT ?4 OFFSET ?5";
}

template <class Record>
Result<RecordPage<Record>> read(Database& database, const std::string& sql, const BanQuery& query,
                                Record (*read_record)(const Rows&)) {
  Statement select(database, sql);
  return read_page(
      select.query(kUnknownUsername, query.user, query.now, query.limit + 1, query.offset),
      query.limit, read_record);
}

}  // namespace

Result<RecordPage<Ban>> read_bans(Database& database, const BanQuery& query) {
  return read(database,
              "SELECT t.id, t.owner_id, t.owner_username, t.banished_id,"
              " coalesce(u.username, ?1), t.reason, t.start_time, t.end_time, t.pardoned_at"
              " FROM bans t LEFT JOIN users u ON u.id = t.banished_id" +
                  narrowed(query, "banished_id", "pardoned_at"),
              query, read_ban);
}

Result<RecordPage<Mute>> read_mutes(Database& database, const BanQuery& query) {
  return read(database,
              "SELECT t.id, t.owner_id, t.owner_username, t.user_id,"
              " coalesce(u.username, ?1), t.reason, t.start_time, t.end_time, t.lifted_at,"
              " t.channel_id, c.name, c.is_staff_only, c.is_private FROM mutes t"
              " LEFT JOIN users u ON u.id = t.user_id"
              " LEFT JOIN " +
                  std::string(database.dialect().all_channels) + " c ON c.id = t.channel_id" +
                  narrowed(query, "user_id", "lifted_at"),
              query, read_mute);
}

}  // namespace hubbub::sql
