#include "store/postgres/dialect.h"

namespace hubbub::postgres {

const sql::Dialect& dialect() {
  static constexpr sql::Dialect kDialect{
      .ordered_join = " JOIN ",
      .unindexed = "",
      .greatest = "greatest",
      .position = "strpos",
      .for_update = " FOR UPDATE",
      .all_channels = "all_channels",
      .message_number = "cache_id",
      .author_name =
          "coalesce(m.username, (SELECT username FROM users WHERE id = m.owner_id), '[Unknown]')",
      .username_order = "lower(username COLLATE \"C\") COLLATE \"C\"",
      .username_folded = "username_folded",
      .upsert_user =
          "INSERT INTO users(id, username, first_seen, last_seen, role, username_folded)"
          " VALUES (?1, ?2, ?3, ?3, ?4, ?5) ON CONFLICT(id) DO UPDATE SET"
          " username = excluded.username, last_seen = excluded.last_seen, role = excluded.role,"
          " username_folded = excluded.username_folded",
      .archive_channel =
          "WITH gone AS (DELETE FROM channels WHERE id = ?1 RETURNING *)"
          " INSERT INTO archived_channels(id, log_id, name, description, is_private, owner_id,"
          " is_read_only, is_staff_only, slow_mode_seconds, created_at, archived_at)"
          " SELECT id, log_id, name, description, is_private, owner_id, is_read_only,"
          " is_staff_only, slow_mode_seconds, created_at, ?2 FROM gone",
      .restore_channel =
          "WITH back AS (DELETE FROM archived_channels WHERE id = ?1 RETURNING *)"
          " INSERT INTO channels(id, log_id, name, description, is_private, owner_id,"
          " is_read_only, is_staff_only, slow_mode_seconds, created_at, updated_at, sort_order)"
          " SELECT id, log_id, name, description, is_private, owner_id, is_read_only,"
          " is_staff_only, slow_mode_seconds, created_at, ?2,"
          " (SELECT coalesce(max(sort_order), 0) + 1 FROM channels) FROM back",
      .delete_channel =
          "WITH live AS (DELETE FROM channels WHERE id = ?1)"
          " DELETE FROM archived_channels WHERE id = ?1",
      .uuid = [](const std::string& parameter) { return "CAST(" + parameter + " AS uuid)"; },
      .day = [](const std::string& time) { return "to_char(" + time + ", 'YYYY-MM-DD')"; },
      .day_of_number =
          [](const std::string& days) {
            return "to_char(date '1970-01-01' + " + days + ", 'YYYY-MM-DD')";
          },
      .length =
          [](const std::string& start, const std::string& end) {
            return "greatest(CAST(extract(epoch FROM " + end + " - " + start +
                   ") * 1000000 AS bigint), 0)";
          },
  };
  return kDialect;
}

}  // namespace hubbub::postgres
