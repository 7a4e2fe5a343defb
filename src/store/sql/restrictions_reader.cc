#include "store/sql/restrictions_reader.h"

namespace hubbub::sql {
namespace {

Term term_of(const Rows& rows, int end) {
  if (rows.is_null(end)) return {};
  return {rows.time(end)};
}

}  // namespace

// In two halves, each a range of an index: one condition with OR would read what ended long ago.
RestrictionsReader::RestrictionsReader(Database& database)
    : select_bans_(database,
                   "SELECT banished_id, end_time FROM bans"
                   " WHERE pardoned_at IS NULL AND end_time IS NULL UNION ALL"
                   " SELECT banished_id, end_time FROM bans"
                   " WHERE pardoned_at IS NULL AND end_time > ?1"),
      select_mutes_(database,
                    "SELECT user_id, channel_id, end_time FROM mutes"
                    " WHERE lifted_at IS NULL AND end_time IS NULL UNION ALL"
                    " SELECT user_id, channel_id, end_time FROM mutes"
                    " WHERE lifted_at IS NULL AND end_time > ?1") {}

Result<Restrictions> RestrictionsReader::read(Time now) {
  Restrictions restrictions;
  Rows bans = select_bans_.query(now);
  while (bans.next()) restrictions.ban(UserId{bans.text(0)}, term_of(bans, 1));
  if (!bans.status()) return bans.status().error();
  Rows mutes = select_mutes_.query(now);
  while (mutes.next()) {
    restrictions.mute(UserId{mutes.text(0)}, {ChannelId{mutes.integer(1)}, term_of(mutes, 2)});
  }
  if (!mutes.status()) return mutes.status().error();
  return restrictions;
}

}  // namespace hubbub::sql
