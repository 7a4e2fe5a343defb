#include "store/sql/entry_row.h"

#include "store/sql/record_page.h"

namespace hubbub::sql {
namespace {

// In place of the author of a message whose row is gone.
constexpr const char* kNobody = "00000000-0000-0000-0000-000000000000";

}  // namespace

// The columns, in this order.
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

// Each join is by id, whatever the kind says. A removal joins the message that it removed, for the
// time.
std::string select_log_entries(const Dialect& dialect) {
  const std::string kind = std::string(dialect.unindexed) + "e.kind";
  return "SELECT l.id, l.epoch, e.seq, e.kind, e.message_id, e.ref_seq,"
         " coalesce(m.owner_id, p.owner_id), CASE WHEN p.id IS NULL THEN " +
         std::string(dialect.author_name) +
         " ELSE p.username END,"
         " coalesce(m.message, p.message), coalesce(m.send_key, p.send_key),"
         " coalesce(m.authored_at, p.authored_at), coalesce(m.removed_at, p.removed_at),"
         " c.id, c.name, p.recipient_id, p.recipient"
         " FROM logs l LEFT JOIN " +
         dialect.all_channels + " c ON c.log_id = l.id" + dialect.ordered_join +
         "log_entries e ON e.log_id = l.id"
         " LEFT JOIN chat_messages m ON m.id = e.message_id AND " +
         kind + " IN (1, 3) LEFT JOIN private_messages p ON p.id = e.message_id AND " + kind +
         " = 2 ";
}

std::string chat_message_columns(const Dialect& dialect) {
  return "SELECT l.id, l.epoch, m.seq, 1, m.id, NULL, m.owner_id, " +
         std::string(dialect.author_name) +
         ", m.message, m.send_key, m.authored_at, m.removed_at, m.channel_id, c.name, NULL, NULL ";
}

std::string select_private_messages(const Dialect& dialect, const std::string& where) {
  return "SELECT l.id, l.epoch,"
         " CASE WHEN l.owner_id = p.owner_id THEN p.sender_seq ELSE p.recipient_seq END, 2, p.id,"
         " NULL, p.owner_id, p.username, p.message, p.send_key, p.authored_at, p.removed_at,"
         " NULL, NULL, p.recipient_id, p.recipient FROM private_messages p" +
         std::string(dialect.ordered_join) +
         "logs l ON l.owner_id IN (p.owner_id, p.recipient_id) WHERE " + where +
         " ORDER BY p.id, l.owner_id <> p.owner_id";
}

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
  // Without an owner there is no row any more: another program deleted it.
  const bool is_gone = row.is_null(kOwnerId);
  if (is_gone) entry.author = {UserId{kNobody}, kUnknownUsername};
  entry.is_removed = !row.is_null(kRemovedAt) || is_gone;
  if (!entry.is_removed) entry.text = row.text(kMessage);
  entry.send_key = row.text(kSendKey);
  entry.authored_at = row.time(kAuthoredAt);
  entry.recipient = {UserId{row.text(kRecipientId)}, row.text(kRecipient)};
  if (is_gone && entry.kind == EntryKind::kPrivateMessage) entry.recipient = entry.author;
  return entry;
}

}  // namespace hubbub::sql
