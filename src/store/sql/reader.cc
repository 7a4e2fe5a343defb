#include "store/sql/reader.h"

#include <algorithm>
#include <limits>

#include "store/sql/entry_row.h"

namespace hubbub::sql {
namespace {

// SQLite counts with a sign.
template <class Number>
std::int64_t bounded(Number number) {
  constexpr auto kMax = std::numeric_limits<std::int64_t>::max();
  return std::in_range<std::int64_t>(number) ? static_cast<std::int64_t>(number) : kMax;
}

// Nobody knows any more when a message was written whose row is gone: about when its neighbour was.
void date_gone(std::vector<Entry>& entries) {
  const auto is_dated = [](const Entry& entry) { return entry.authored_at != Time(); };
  auto dated = std::ranges::find_if(entries, is_dated);
  if (dated == entries.end()) return;
  Time last = dated->authored_at;
  for (Entry& entry : entries) {
    if (!is_dated(entry)) entry.authored_at = last;
    last = entry.authored_at;
  }
}

}  // namespace

// A channel's newest messages are found from the newest of all: those of archived channels and
// removed ones are passed over.
Reader::Reader(std::unique_ptr<Database> database)
    : database_(std::move(database)),
      directory_(*database_),
      restrictions_(*database_),
      select_server_id_(*database_,
                        "SELECT CAST(server_id AS text) FROM server_instances ORDER BY id LIMIT 1"),
      select_user_(*database_,
                   "SELECT u.id, u.username, l.id, u.role FROM users u"
                   " JOIN logs l ON l.owner_id = u.id WHERE u.id = ?1"),
      select_head_(*database_, "SELECT epoch, head_seq, first_seq FROM logs WHERE id = ?1"),
      select_after_(*database_, select_log_entries(database_->dialect()) +
                                    "WHERE l.id = ?1 AND e.seq > ?2 ORDER BY e.seq LIMIT ?3"),
      select_before_(*database_, select_log_entries(database_->dialect()) +
                                     "WHERE l.id = ?1 AND e.seq < ?2 ORDER BY e.seq DESC LIMIT ?3"),
      select_sent_(*database_, chat_message_columns(database_->dialect()) + "FROM chat_messages m" +
                                   database_->dialect().ordered_join +
                                   database_->dialect().all_channels + " c ON c.id = m.channel_id" +
                                   database_->dialect().ordered_join +
                                   "logs l ON l.id = c.log_id"
                                   " WHERE m.owner_id = ?1 AND m.send_key = ?2"),
      select_sent_privately_(
          *database_,
          select_private_messages(database_->dialect(), "p.owner_id = ?1 AND p.send_key = ?2")),
      select_recent_(*database_, chat_message_columns(database_->dialect()) +
                                     "FROM chat_messages m" + database_->dialect().ordered_join +
                                     database_->dialect().all_channels +
                                     " c ON c.id = m.channel_id AND c.archived_at IS NULL" +
                                     database_->dialect().ordered_join +
                                     "logs l ON l.id = c.log_id"
                                     " WHERE m.removed_at IS NULL ORDER BY m.id DESC LIMIT ?1") {}

Result<Directory> Reader::directory() {
  Directory directory;
  Status done = database_->read_at_once([&]() -> Status {
    auto read = directory_.read();
    if (!read) return read.error();
    directory = std::move(*read);
    return {};
  });
  if (!done) return done.error();
  return directory;
}

Result<Restrictions> Reader::restrictions() {
  Restrictions restrictions;
  Status done = database_->read_at_once([&]() -> Status {
    auto read = restrictions_.read(system_clock().now());
    if (!read) return read.error();
    restrictions = std::move(*read);
    return {};
  });
  if (!done) return done.error();
  return restrictions;
}

Result<std::string> Reader::server_id() {
  Rows rows = select_server_id_.query();
  if (rows.next()) return rows.text(0);
  if (!rows.status()) return rows.status().error();
  return Error{Code::kUnavailable, "the database has no server id"};
}

Result<std::optional<KnownUser>> Reader::find_user(const UserId& id) {
  Rows rows = select_user_.query(id);
  if (rows.next()) {
    return KnownUser{{UserId{rows.text(0)}, rows.text(1)},
                     LogId{rows.integer(2)},
                     static_cast<Role>(rows.integer(3))};
  }
  if (!rows.status()) return rows.status().error();
  return std::nullopt;
}

Result<LogPage> Reader::read_after(LogId log, Seq after, std::size_t count) {
  return read_page(log, select_after_, after, count);
}

Result<LogPage> Reader::read_before(LogId log, Seq before, std::size_t count) {
  auto page = read_page(log, select_before_, before, count);
  if (page) std::ranges::reverse(page->entries);
  return page;
}

Result<LogPage> Reader::read_page(LogId log, Statement& entries, Seq bound, std::size_t count) {
  LogPage page;
  Status done = database_->read_at_once([&]() -> Status {
    auto head = read_head(log);
    if (!head) return head.error();
    page = std::move(*head);
    Rows rows = entries.query(log, bounded(bound), bounded(count));
    while (rows.next()) page.entries.push_back(read_entry(rows));
    return rows.status();
  });
  if (!done) return done.error();
  date_gone(page.entries);
  return page;
}

Result<LogPage> Reader::read_head(LogId log) {
  Rows rows = select_head_.query(log);
  if (rows.next()) {
    LogPage page;
    page.epoch = rows.text(0);
    page.head = static_cast<Seq>(rows.integer(1));
    page.first = static_cast<Seq>(rows.integer(2));
    return page;
  }
  if (!rows.status()) return rows.status().error();
  return Error{Code::kUnknownLog};
}

Result<std::vector<Entry>> Reader::find_sent(const UserId& author, const std::string& send_key) {
  std::vector<Entry> entries;
  for (Statement* select : {&select_sent_, &select_sent_privately_}) {
    Rows rows = select->query(author, send_key);
    while (rows.next()) entries.push_back(read_entry(rows));
    if (!rows.status()) return rows.status().error();
  }
  return entries;
}

Result<std::vector<Entry>> Reader::recent_messages(std::size_t count) {
  std::vector<Entry> messages;
  Rows rows = select_recent_.query(bounded(count));
  while (rows.next()) messages.push_back(read_entry(rows));
  if (!rows.status()) return rows.status().error();
  std::ranges::reverse(messages);
  return messages;
}

Result<NewestMessages> Reader::newest_messages() {
  const std::string number = database_->dialect().message_number;
  const auto newest = [&](const char* table) {
    return Statement(*database_, "SELECT coalesce(max(" + number + "), 0) FROM " + table).number();
  };
  const auto chat = newest("chat_messages");
  if (!chat) return chat.error();
  const auto inbox = newest("private_messages");
  if (!inbox) return inbox.error();
  return NewestMessages{MessageId{*chat}, MessageId{*inbox}};
}

}  // namespace hubbub::sql
