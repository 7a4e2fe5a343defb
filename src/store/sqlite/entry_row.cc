#include "store/sqlite/entry_row.h"

namespace hubbub::sqlite {

// In the order of this.
enum Column {
  kLog,
  kEpoch,
  kSeq,
  kKind,
  kMessageId,
  kRefSeq,
  kOwnerId,
  kUsername,
  kMessage,
  kSendKey,
  kAuthoredAt,
  kRemovedAt,
  kChannelId,
  kChannelName,
  kRecipientId,
  kRecipient,
};

// The unary + keeps kind out of the choice of an index: each join is by id. A removal joins the
// message that it removed, for the time.
const std::string kSelectLogEntries =
    "SELECT l.id, l.epoch, e.seq, e.kind, e.message_id, e.ref_seq,"
    " coalesce(m.owner_id, p.owner_id), coalesce(m.username, p.username),"
    " coalesce(m.message, p.message), coalesce(m.send_key, p.send_key),"
    " coalesce(m.authored_at, p.authored_at), coalesce(m.removed_at, p.removed_at),"
    " c.id, c.name, p.recipient_id, p.recipient"
    " FROM logs l LEFT JOIN channels c ON c.log_id = l.id"
    " CROSS JOIN log_entries e ON e.log_id = l.id"
    " LEFT JOIN chat_messages m ON m.id = e.message_id AND +e.kind IN (1, 3)"
    " LEFT JOIN private_messages p ON p.id = e.message_id AND +e.kind = 2 ";

const std::string kChatMessageColumns =
    "SELECT l.id, l.epoch, m.seq, 1, m.id, NULL, m.owner_id, m.username, m.message, m.send_key,"
    " m.authored_at, m.removed_at, m.channel_id, c.name, NULL, NULL ";

const std::string kSelectPrivateMessage =
    "SELECT l.id, l.epoch, iif(l.owner_id = p.owner_id, p.sender_seq, p.recipient_seq), 2, p.id, "
    "NULL,"
    " p.owner_id, p.username, p.message, p.send_key, p.authored_at, p.removed_at,"
    " NULL, NULL, p.recipient_id, p.recipient"
    " FROM private_messages p CROSS JOIN logs l ON l.owner_id IN (p.owner_id, p.recipient_id)"
    " WHERE p.id = ?1 ORDER BY l.owner_id <> p.owner_id";

Entry read_entry(const Rows& row) {
  Entry entry;
  entry.log = LogId{row.integer(kLog)};
  entry.epoch = row.text(kEpoch);
  entry.seq = static_cast<Seq>(row.integer(kSeq));
  entry.kind = static_cast<EntryKind>(row.integer(kKind));
  entry.message_id = MessageId{row.integer(kMessageId)};
  entry.channel = ChannelId{row.integer(kChannelId)};
  entry.channel_name = row.text(kChannelName);
  if (entry.kind == EntryKind::kRemoval) {
    entry.removed_seq = static_cast<Seq>(row.integer(kRefSeq));
    entry.authored_at = row.time(kRemovedAt);
    return entry;
  }
  entry.author = {UserId{row.text(kOwnerId)}, row.text(kUsername)};
  entry.is_removed = !row.is_null(kRemovedAt);
  if (!entry.is_removed) entry.text = row.text(kMessage);
  entry.send_key = row.text(kSendKey);
  entry.authored_at = row.time(kAuthoredAt);
  entry.recipient = {UserId{row.text(kRecipientId)}, row.text(kRecipient)};
  return entry;
}

}  // namespace hubbub::sqlite
