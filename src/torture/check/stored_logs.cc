#include "torture/check/stored_logs.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <stdexcept>
#include <unordered_map>

namespace hubbub::torture {
namespace {

// logs.kind and log_entries.kind, as the migrations say.
constexpr std::string_view kChannelLog = "1";
constexpr std::string_view kInboxLog = "2";
// Who made a new server's first channel, and welcomes in it.
constexpr std::string_view kServerItself = "hubbub";
constexpr std::string_view kFirstChannel = "general";

std::int64_t number_of(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) {
    throw std::runtime_error("the database has \"" + std::string(text) + "\" for a number");
  }
  return number;
}

// A row of `logs`, with what it is the log of.
struct LogRow {
  std::string id;
  bool is_inbox = false;
  std::string owner;  // the channel's name, or the id of whose inbox it is; empty: nobody's
  bool is_archived = false;
  StoredLog log;

  [[nodiscard]] std::string in_words() const {
    if (owner.empty()) return "log " + id + ", which is of no channel and of nobody";
    return (is_inbox      ? "the inbox of "
            : is_archived ? "the archived channel "
                          : "the channel ") +
           owner;
  }
};

std::vector<LogRow> log_rows(Database& database, const std::string& channels) {
  std::vector<LogRow> rows;
  const std::string sql =
      "SELECT l.id, l.kind, l.owner_id, c.name, c.archived_at, l.epoch, l.first_seq, l.head_seq"
      " FROM logs l LEFT JOIN " +
      channels + " c ON c.log_id = l.id ORDER BY l.id";
  database.query(sql, [&](Row row) {
    if (row[1] != kChannelLog && row[1] != kInboxLog) {
      throw std::runtime_error("the database has a log of kind " + std::string(row[1]));
    }
    LogRow& log = rows.emplace_back();
    log.id = row[0];
    log.is_inbox = row[1] == kInboxLog;
    log.owner = log.is_inbox ? row[2] : row[3];
    log.is_archived = !row[4].empty();
    log.log.epoch = row[5];
    log.log.first = number_of(row[6]);
    log.log.head = number_of(row[7]);
  });
  return rows;
}

// An entry whose message is not there, or is of the other kind of log, comes without owner and
// text.
std::vector<StoredEntry> entries_of(Database& database, const LogRow& log) {
  const std::string messages = log.is_inbox ? "private_messages" : "chat_messages";
  const std::string kind = log.is_inbox ? "2" : "1";
  const std::string sql =
      "SELECT e.seq, e.message_id, m.owner_id, m.send_key, m.message FROM log_entries e LEFT "
      "JOIN " +
      messages + " m ON m.id = e.message_id AND e.kind = " + kind + " WHERE e.log_id = " + log.id +
      " ORDER BY e.seq";
  std::vector<StoredEntry> entries;
  database.query(sql, [&](Row row) {
    StoredEntry& entry = entries.emplace_back();
    entry.seq = number_of(row[0]);
    entry.message_id = number_of(row[1]);
    entry.owner_id = row[2];
    entry.send_key = row[3];
    entry.message = message_of(row[4]);
    if (!entry.message) entry.foreign_text = row[4];
  });
  return entries;
}

// Which log of the known ones a row is.
class Roll {
 public:
  explicit Roll(const Known& known) : known_(known) {
    for (std::uint32_t i = 0; i < known.channels.size(); ++i) channels_[known.channels[i]] = i;
    for (std::uint32_t i = 0; i < known.people; ++i) people_[person_id(i)] = i;
  }

  // Nothing: a stranger's.
  [[nodiscard]] std::optional<Log> find(const LogRow& row) const {
    if (row.is_archived) return {};
    const auto& known = row.is_inbox ? people_ : channels_;
    const auto found = known.find(row.owner);
    if (found == known.end()) return {};
    return Log{row.is_inbox ? Log::Kind::kInbox : Log::Kind::kChannel, found->second};
  }

  // A stranger's log that is as it should be.
  [[nodiscard]] bool is_expected(const LogRow& row) const {
    const auto& entries = row.log.entries;
    if (row.is_inbox) {
      return std::ranges::count(known_.bystanders, row.owner) > 0 && entries.empty() &&
             row.log.head == 0;
    }
    return row.owner == kFirstChannel && row.log.head == 1 && entries.size() == 1 &&
           entries[0].seq == 1 && entries[0].owner_id == kServerItself &&
           !entries[0].foreign_text.empty();
  }

 private:
  const Known& known_;
  std::unordered_map<std::string, std::uint32_t> channels_;
  std::unordered_map<std::string, std::uint32_t> people_;
};

void complain_of_number(Database& database, const std::string& sql, const std::string& what,
                        std::vector<std::string>& complaints) {
  std::int64_t count = 0;
  database.query(sql, [&](Row row) { count = number_of(row[0]); });
  if (count > 0) complaints.push_back(std::to_string(count) + ' ' + what);
}

// Whether `place`, columns of a private message, names its entry in that person's inbox.
std::string is_in_inbox(const std::string& person, const std::string& place) {
  return "EXISTS (SELECT 1 FROM logs l JOIN log_entries e ON e.log_id = l.id"
         " WHERE l.kind = 2 AND l.owner_id = " +
         person + " AND e.seq = " + place + " AND e.kind = 2 AND e.message_id = m.id)";
}

// What no log shows: entries and messages that do not find each other.
void look_for_strays(Database& database, const std::string& channels,
                     std::vector<std::string>& complaints) {
  complain_of_number(database,
                     "SELECT count(*) FROM log_entries e"
                     " WHERE NOT EXISTS (SELECT 1 FROM logs l WHERE l.id = e.log_id)",
                     "entries are of no log", complaints);
  complain_of_number(
      database,
      "SELECT count(*) FROM chat_messages m WHERE NOT EXISTS (SELECT 1 FROM " + channels +
          " c JOIN log_entries e ON e.log_id = c.log_id WHERE c.id = m.channel_id"
          " AND e.seq = m.seq AND e.kind = 1 AND e.message_id = m.id)",
      "messages are not at the place in their channel's log that they name", complaints);
  complain_of_number(database,
                     "SELECT count(*) FROM private_messages m WHERE NOT " +
                         is_in_inbox("m.owner_id", "m.sender_seq"),
                     "private messages are not at the place in their sender's inbox that they name",
                     complaints);
  complain_of_number(
      database,
      "SELECT count(*) FROM private_messages m WHERE CASE WHEN m.recipient_id = m.owner_id"
      " THEN m.recipient_seq IS NOT NULL ELSE NOT " +
          is_in_inbox("m.recipient_id", "m.recipient_seq") + " END",
      "private messages are not at the place in their recipient's inbox that they name",
      complaints);
}

}  // namespace

Stored read_logs(Database& database, const std::string& channels, const Known& known) {
  Stored stored;
  const Roll roll(known);
  for (LogRow& row : log_rows(database, channels)) {
    row.log.entries = entries_of(database, row);
    if (const auto log = roll.find(row)) {
      row.log.log = *log;
      stored.logs.push_back(std::move(row.log));
    } else if (!roll.is_expected(row)) {
      stored.complaints.push_back("there is " + row.in_words() + ", with " +
                                  std::to_string(row.log.entries.size()) +
                                  " entries, which is not of the run");
    }
  }
  look_for_strays(database, channels, stored.complaints);
  return stored;
}

Stored read_sqlite(const std::string& path, const Known& known) {
  const auto database = open_sqlite(path);
  Stored stored = read_logs(*database, "channels", known);
  database->query("PRAGMA integrity_check", [&](Row row) {
    if (row[0] != "ok") stored.complaints.push_back("integrity_check: " + std::string(row[0]));
  });
  return stored;
}

Stored read_postgresql(const std::string& conninfo, const Known& known) {
  const auto database = open_postgresql(conninfo);
  return read_logs(*database, "all_channels", known);
}

}  // namespace hubbub::torture
