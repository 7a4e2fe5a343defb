#include "store/sql/directory_reader.h"

namespace hubbub::sql {

DirectoryReader::DirectoryReader(Database& database)
    : select_channels_(database,
                       "SELECT c.id, c.log_id, c.name, c.description, c.sort_order, c.owner_id,"
                       " l.epoch, l.head_seq, c.is_read_only, c.is_staff_only, c.slow_mode_seconds,"
                       " c.is_private"
                       " FROM " +
                           std::string(database.dialect().all_channels) +
                           " c JOIN logs l ON l.id = c.log_id"
                           " WHERE c.archived_at IS NULL ORDER BY c.sort_order, c.id"),
      select_limits_(database,
                     "SELECT message_limit, window_seconds FROM rate_limiter WHERE id = 1") {}

Result<Directory> DirectoryReader::read() {
  Directory directory;
  Rows channels = select_channels_.query();
  while (channels.next()) {
    Channel& channel = directory.channels.emplace_back();
    channel.id = ChannelId{channels.integer(0)};
    channel.log = LogId{channels.integer(1)};
    channel.name = channels.text(2);
    channel.description = channels.text(3);
    channel.has_description = !channels.is_null(3);
    channel.sort_order = channels.integer(4);
    channel.owner = UserId{channels.text(5)};
    channel.head = {channels.text(6), static_cast<Seq>(channels.integer(7))};
    channel.rules = {channels.boolean(8), channels.boolean(9), channels.integer(10),
                     channels.boolean(11)};
  }
  if (!channels.status()) return channels.status().error();
  Rows limits = select_limits_.query();
  if (limits.next()) directory.limits = {limits.integer(0), limits.integer(1)};
  if (!limits.status()) return limits.status().error();
  return directory;
}

}  // namespace hubbub::sql
