#include "store/postgres/message_placement.h"

#include "store/postgres/message_search.h"
#include "store/search_tokens.h"

namespace hubbub::postgres {
namespace {

// As many rows as one round trip hides, and as much text as memory bears: the old server took
// messages of any length.
constexpr const char* kSelectPage =
    "SELECT id, channel, message FROM (SELECT id, channel, message,"
    " sum(octet_length(message)) OVER (ORDER BY id) - octet_length(message) AS bytes_before"
    " FROM (SELECT id, channel, message FROM chat_messages WHERE seq IS NULL AND id > ?1"
    " ORDER BY id LIMIT 4000) next) page WHERE bytes_before < 16000000 ORDER BY id";

constexpr const char* kWritePage =
    "WITH given AS MATERIALIZED (SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bigint[],"
    " $4::bigint[], $5::text[]) AS g(id, channel_id, log_id, seq, words)),"
    " placed AS (UPDATE chat_messages m SET channel_id = g.channel_id, seq = g.seq,"
    " words = g.words::tsvector FROM given g WHERE m.id = g.id)"
    " INSERT INTO log_entries(log_id, seq, kind, message_id)"
    " SELECT log_id, seq, 1, id FROM given ORDER BY id";

// Of several archived channels of one name, the last that was archived.
constexpr const char* kSelectChannels =
    "SELECT name, id, log_id FROM all_channels"
    " ORDER BY archived_at IS NULL, archived_at, id";

// Whoever owned it: the old server wrote this in place of an owner.
constexpr const char* kNobody = "00000000-0000-0000-0000-000000000000";

constexpr const char* kArchive =
    "INSERT INTO archived_channels(id, log_id, name, owner_id, archived_at)"
    " VALUES (nextval('channels_id_seq'), ?1, ?2, ?3, ?4) RETURNING id";

}  // namespace

MessagePlacement::MessagePlacement(Database& database, sql::LogHeads& heads)
    : database_(database),
      heads_(heads),
      select_page_(database, kSelectPage),
      write_page_(database, kWritePage) {}

Status MessagePlacement::place_all(Time now) {
  for (std::int64_t after = 0;;) {
    auto last = place_page(after, now);
    if (!last) return last.error();
    if (*last == 0) return {};
    after = *last;
  }
}

Result<std::int64_t> MessagePlacement::place_page(std::int64_t after, Time now) {
  Integers ids;
  std::vector<std::string> channels;
  std::vector<std::string> words;
  {
    sql::Rows rows = select_page_.query(after);
    while (rows.next()) {
      ids.push_back(rows.integer(0));
      channels.push_back(rows.text(1));
      words.push_back(quoted_words(search_tokens(rows.text(2))));
    }
    if (!rows.status()) return rows.status().error();
  }
  if (ids.empty()) return std::int64_t{0};
  Integers channel_ids;
  Integers logs;
  Integers seqs;
  for (const std::string& name : channels) {
    auto place = find(name, now);
    if (!place) return place.error();
    auto position = heads_.take_next(place->log);
    if (!position) return position.error();
    channel_ids.push_back(place->channel.value);
    logs.push_back(place->log.value);
    seqs.push_back(static_cast<std::int64_t>(position->seq));
  }
  const Texts searched(words.begin(), words.end());
  Status done = write_page_.change(ids, channel_ids, logs, seqs, searched);
  if (!done) return done.error();
  message_count_ += std::ssize(ids);
  return ids.back();
}

Status MessagePlacement::load_channels() {
  sql::Statement select(database_, kSelectChannels);
  sql::Rows rows = select.query();
  while (rows.next()) {
    channels_[rows.text(0)] = {ChannelId{rows.integer(1)}, LogId{rows.integer(2)}};
  }
  return rows.status();
}

Result<MessagePlacement::Place> MessagePlacement::find(const std::string& channel, Time now) {
  if (channels_.empty()) {
    if (Status loaded = load_channels(); !loaded) return loaded.error();
  }
  const auto found = channels_.find(channel);
  if (found != channels_.end()) return found->second;
  return archive(channel, now);
}

Result<MessagePlacement::Place> MessagePlacement::archive(const std::string& channel, Time now) {
  auto log = heads_.make(sql::LogKind::kChannel, std::nullopt);
  if (!log) return log.error();
  auto id = sql::Statement(database_, kArchive).number(*log, channel, UserId{kNobody}, now);
  if (!id) return id.error();
  archived_.push_back(channel);
  return channels_[channel] = {ChannelId{*id}, *log};
}

}  // namespace hubbub::postgres
