#include "store/postgres/old_entries_intake.h"

#include <libpq-fe.h>

#include <algorithm>
#include <unordered_map>

#include "store/postgres/timestamp.h"

namespace hubbub::postgres {
namespace {

constexpr std::size_t kPage = 1'000;

// What is in the table under these numbers: number, author, channel or recipient, text (null when
// removed), time.
constexpr const char* kSelectMessages =
    "SELECT cache_id, owner_id, channel, CASE WHEN removed_at IS NULL THEN message END, authored_at"
    " FROM chat_messages WHERE cache_id = ANY($1)";
constexpr const char* kSelectPrivateMessages =
    "SELECT cache_id, owner_id, recipient_id, CASE WHEN removed_at IS NULL THEN message END,"
    " authored_at FROM private_messages WHERE cache_id = ANY($1)";

constexpr const char* kInsertMessages =
    "INSERT INTO chat_messages(cache_id, owner_id, username, channel, message, authored_at)"
    " SELECT cache_id, owner_id, nullif(username, ''), channel, message, authored_at"
    " FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[], $6::timestamp[])"
    " WITH ORDINALITY AS g(cache_id, owner_id, username, channel, message, authored_at, place)"
    " ORDER BY place";
constexpr const char* kInsertPrivateMessages =
    "INSERT INTO private_messages(cache_id, owner_id, username, recipient_id, recipient, message,"
    " authored_at) SELECT cache_id, owner_id, username, recipient_id, recipient, message,"
    " authored_at FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[],"
    " $6::text[], $7::timestamp[]) WITH ORDINALITY"
    " AS g(cache_id, owner_id, username, recipient_id, recipient, message, authored_at, place)"
    " ORDER BY place";
// The rows that were not there.
constexpr const char* kKeepSetAside =
    "INSERT INTO set_aside_entries(list, entry, reason, set_aside_at)"
    " SELECT list, entry, reason, $4 FROM unnest($1::text[], $2::text[], $3::text[])"
    " WITH ORDINALITY AS g(list, entry, reason, place) ORDER BY place"
    " ON CONFLICT (list, md5(entry)) DO NOTHING RETURNING list, entry, reason";

// As much of a stored message as tells whether another one is the same.
struct Stored {
  std::string owner;
  std::string to;
  std::optional<std::string> text;
  Time authored_at;

  bool is(const OldEntry& entry) const {
    return owner == entry.author.id.value && to == to_of(entry) && (!text || *text == entry.text) &&
           (authored_at == entry.authored_at || authored_at == entry.wall_clock);
  }
  static const std::string& to_of(const OldEntry& entry) {
    return entry.recipient.id.empty() ? entry.channel : entry.recipient.id.value;
  }
};

using StoredByCacheId = std::unordered_map<std::int64_t, Stored>;

StoredByCacheId read_stored(const pg_result* rows) {
  StoredByCacheId stored;
  for (int row = 0; row < PQntuples(rows); ++row) {
    Stored& one = stored[read_integer(rows, row, 0)];
    one.owner = read_text(rows, row, 1);
    one.to = read_text(rows, row, 2);
    if (PQgetisnull(rows, row, 3) == 0) one.text = read_text(rows, row, 3);
    one.authored_at = from_timestamp(read_integer(rows, row, 4));
  }
  return stored;
}

// The columns of entries, for unnest().
struct Columns {
  explicit Columns(const std::vector<const OldEntry*>& entries) {
    for (const OldEntry* entry : entries) {
      cache_ids.push_back(entry->cache_id);
      owners.emplace_back(entry->author.id.value);
      usernames.emplace_back(entry->author.username);
      channels.emplace_back(entry->channel);
      recipient_ids.emplace_back(entry->recipient.id.value);
      recipients.emplace_back(entry->recipient.username);
      texts.emplace_back(entry->text);
      times.push_back(entry->authored_at);
    }
  }
  Integers cache_ids;
  Texts owners, usernames, channels, recipient_ids, recipients, texts;
  std::vector<Time> times;
};

}  // namespace

void OldEntriesIntake::read(const OldList& list) {
  auto& readable = list.queue == OldQueue::kMessages ? messages_ : private_messages_;
  for (const std::string& text : list.entries) {
    auto entry = parse_old_entry(list.queue, text);
    if (entry) {
      readable.push_back({std::move(*entry), &text});
    } else {
      set_aside(list.queue, text, entry.error().detail);
    }
  }
}

std::int64_t OldEntriesIntake::highest_cache_id(OldQueue queue) const {
  std::int64_t highest = 0;
  for (const auto& one : queue == OldQueue::kMessages ? messages_ : private_messages_) {
    highest = std::max(highest, one.entry.cache_id);
  }
  return highest;
}

Status OldEntriesIntake::store(Time now) {
  for (const OldQueue queue : kOldQueues) {
    const auto& readable = queue == OldQueue::kMessages ? messages_ : private_messages_;
    for (Page rest = readable; !rest.empty();) {
      const Page page = rest.first(std::min(rest.size(), kPage));
      if (Status done = store(queue, page); !done) return done;
      rest = rest.subspan(page.size());
    }
  }
  return keep_set_aside(now);
}

Status OldEntriesIntake::store(OldQueue queue, Page page) {
  const bool is_private = queue == OldQueue::kPrivateMessages;
  Integers cache_ids;
  for (const Readable& one : page) cache_ids.push_back(one.entry.cache_id);
  auto rows = BulkStatement(database_, is_private ? kSelectPrivateMessages : kSelectMessages)
                  .run(cache_ids);
  if (!rows) return rows.error();
  StoredByCacheId stored = read_stored(rows->get());

  std::vector<const OldEntry*> fresh;
  for (const Readable& one : page) {
    const OldEntry& entry = one.entry;
    const auto [earlier, is_free] = stored.try_emplace(
        entry.cache_id,
        Stored{entry.author.id.value, Stored::to_of(entry), entry.text, entry.authored_at});
    if (is_free) {
      fresh.push_back(&entry);
    } else if (earlier->second.is(entry)) {
      ++report_.known_queued_count;
    } else {
      set_aside(queue, *one.text,
                "another message has its cache_id " + std::to_string(entry.cache_id));
    }
  }
  report_.queued_count += std::ssize(fresh);
  return is_private ? insert_private_messages(fresh) : insert_messages(fresh);
}

Status OldEntriesIntake::insert_messages(const std::vector<const OldEntry*>& entries) {
  if (entries.empty()) return {};
  const Columns all(entries);
  return BulkStatement(database_, kInsertMessages)
      .change(all.cache_ids, all.owners, all.usernames, all.channels, all.texts, all.times);
}

Status OldEntriesIntake::insert_private_messages(const std::vector<const OldEntry*>& entries) {
  if (entries.empty()) return {};
  const Columns all(entries);
  return BulkStatement(database_, kInsertPrivateMessages)
      .change(all.cache_ids, all.owners, all.usernames, all.recipient_ids, all.recipients,
              all.texts, all.times);
}

Status OldEntriesIntake::keep_set_aside(Time now) {
  if (set_aside_.empty()) return {};
  Texts lists;
  Texts entries;
  Texts reasons;
  for (const auto& one : set_aside_) {
    lists.emplace_back(one.list);
    entries.emplace_back(one.entry);
    reasons.emplace_back(one.reason);
  }
  auto rows = BulkStatement(database_, kKeepSetAside).run(lists, entries, reasons, now);
  if (!rows) return rows.error();
  for (int row = 0; row < PQntuples(rows->get()); ++row) {
    report_.set_aside.push_back({read_text(rows->get(), row, 0), read_text(rows->get(), row, 1),
                                 read_text(rows->get(), row, 2)});
  }
  return {};
}

void OldEntriesIntake::set_aside(OldQueue queue, const std::string& entry, std::string reason) {
  set_aside_.push_back({name_of(queue), printable(entry), std::move(reason)});
}

}  // namespace hubbub::postgres
