// The durable state: logs, channels, people, limits. Two twins (sqlite/, postgres/) pass one suite,
// store_suite.h; what they have in common is written once, in sql/.
//
// No text that is stored has U+0000 in it: the commands refuse it (command/), as PostgreSQL would.
//
// Thread: commit() and recover() from one thread, the log writer's; everything else from any
// worker. All calls block. Errors: kUnavailable when the database cannot be had or the outcome of a
// commit is unknown; other codes as each call says.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/error.h"
#include "store/old_queues.h"
#include "store/pending_entry.h"
#include "store/records.h"
#include "wire/entry.h"

namespace hubbub {

// --- what workers read ---

struct LogPage {
  std::string epoch;
  // The end of the log and the lowest seq still kept (head + 1 when none), as of the same instant
  // as the entries. A log that nothing was ever written to has head 0.
  Seq head = 0;
  Seq first = 1;
  std::vector<Entry> entries;  // ascending
};

// What the old server numbers messages by: unique, ascending (docs/migration.md).
struct NewestMessages {
  MessageId chat;
  MessageId inbox;  // private ones
};

struct KnownUser {
  Author user;
  LogId inbox;
  Role role = Role::kMember;  // as last seen
};

struct MessageSearch {
  std::vector<std::string> channels;  // by current name, ORed; empty: all
  std::string keyword;                // words, ANDed; empty: all (store/search_tokens.h)
  UserId author;                      // empty: all
  std::int64_t limit = 50;
  std::int64_t offset = 0;
  std::optional<MessageId> before = {};  // exclusive: only older ones
  Role reader = Role::kAdmin;            // finds what this role sees
};
struct MessageSearchPage {
  std::vector<Entry> messages;  // newest first
  bool has_more = false;
};

// What a commit of unknown outcome did after all.
struct Recovered {
  std::vector<Entry> entries;  // in ascending seq within a log
  std::optional<Directory> directory;
  std::optional<Restrictions> restrictions;
};

class Store {
 public:
  virtual ~Store() = default;

  // All of the batch in one transaction, on disk when it returns; an Error means that nothing was
  // stored, or, kUnavailable, that it is not known. The order of results and of seq is the order of
  // the batch.
  virtual Result<CommitOutcome> commit(std::span<const PendingEntry> batch) = 0;

  // After commit() gave kUnavailable: what of it is stored, so that it can be published. From then
  // on it is known that nothing more will come of it. Until this succeeds commit() fails. Errors:
  // kUnavailable, as long as it cannot be known.
  virtual Result<Recovered> recover() = 0;

  virtual Result<Directory> directory() = 0;
  virtual Result<Restrictions> restrictions() = 0;
  // A UUID made with the database.
  virtual Result<std::string> server_id() = 0;

  // Someone that RememberUser stored, by id, with their inbox; nothing when never seen.
  virtual Result<std::optional<KnownUser>> find_user(const UserId& id) = 0;

  // At most `count` entries with seq > after, ascending; removed messages come blank with
  // is_removed. Errors: kUnknownLog.
  virtual Result<LogPage> read_after(LogId log, Seq after, std::size_t count) = 0;
  // The last `count` entries with seq < before, ascending. Errors: kUnknownLog.
  virtual Result<LogPage> read_before(LogId log, Seq before, std::size_t count) = 0;

  // What stands for this send key of this author, as it was committed: one entry of a channel's
  // log, those of a private message, the author's first; none where the key is new. A removed
  // message comes blank. Archived channels count.
  virtual Result<std::vector<Entry>> find_sent(const UserId& author,
                                               const std::string& send_key) = 0;

  // The newest messages of all listed channels together, oldest first, without removed ones.
  virtual Result<std::vector<Entry>> recent_messages(std::size_t count) = 0;
  // 0 where there is none. Those of archived channels and removed ones count.
  virtual Result<NewestMessages> newest_messages() = 0;
  virtual Result<MessageSearchPage> search(const MessageSearch& search) = 0;
  virtual Records& records() = 0;

  // Whether the database answers, for /readyz.
  virtual Status ping() = 0;
};

// `url`: sqlite:<path>, or postgresql://… as libpq takes it. Made with its tables when missing;
// migrations are applied. `queues`: what an old server of that database left elsewhere; null where
// nobody said where.
// Errors: kUnavailable with a sentence for the operator (wrong path, not writable, newer schema).
Result<std::unique_ptr<Store>> open_store(const std::string& url, OldQueues* queues = nullptr);

}  // namespace hubbub
