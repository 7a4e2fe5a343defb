#include "store/sqlite/dialect.h"

namespace hubbub::sqlite {

const sql::Dialect& dialect() {
  static constexpr sql::Dialect kDialect{
      .ordered_join = " CROSS JOIN ",
      .unindexed = "+",
      .greatest = "max",
      .position = "instr",
      .for_update = "",
      .all_channels = "channels",
      .message_number = "id",
      .author_name = "m.username",
      .username_order = "username COLLATE NOCASE",
      .username_folded = "case_folded(username)",
      .upsert_user =
          "INSERT INTO users(id, username, first_seen, last_seen, role)"
          " VALUES (?1, ?2, ?3, ?3, ?4) ON CONFLICT(id) DO UPDATE SET"
          " username = excluded.username, last_seen = excluded.last_seen, role = excluded.role"
          " WHERE ?5 IS NOT NULL",  // always so; the name is folded where it is read
      .archive_channel = "UPDATE channels SET archived_at = ?2, updated_at = ?2 WHERE id = ?1",
      .restore_channel =
          "UPDATE channels SET archived_at = NULL, updated_at = ?2, sort_order ="
          " (SELECT coalesce(max(sort_order), 0) + 1 FROM channels"
          " WHERE archived_at IS NULL) WHERE id = ?1",
      .delete_channel = "DELETE FROM channels WHERE id = ?1",
      .uuid = [](const std::string& parameter) { return parameter; },
      .day = [](const std::string& time) { return "date(" + time + " / 1000000, 'unixepoch')"; },
      .day_of_number =
          [](const std::string& days) { return "date(" + days + " * 86400, 'unixepoch')"; },
      .length = [](const std::string& start,
                   const std::string& end) { return "max(" + end + " - " + start + ", 0)"; },
  };
  return kDialect;
}

}  // namespace hubbub::sqlite
