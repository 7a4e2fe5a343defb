// The durable state: logs, channels, people, limits. Two twins (sqlite/, postgres/ later) pass one
// suite, store_suite.h.
//
// Thread: commit() from one thread, the log writer's; everything else from any worker. All calls
// block. Errors: kUnavailable when the database cannot be had or the outcome of a commit is
// unknown; other codes as each call says.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "base/error.h"
#include "wire/entry.h"

namespace hubbub {

// --- what the log writer commits ---

struct PendingMessage {
  ChannelId channel;
  Author author;
  std::string text;
  std::string send_key;  // empty: none (old protocol)
  Time authored_at;
};
// One entry in the sender's inbox and one in the recipient's; one alone for a message to oneself.
struct PendingPrivateMessage {
  UserId recipient;
  Author author;
  std::string text;
  std::string send_key;
  Time authored_at;
};
// Appended at the end of the display order (sort_order = highest + 1).
struct CreateChannel {
  std::string name;
  std::optional<std::string> description;
  Author by;
  Time at;
};
struct UpdateChannel {
  ChannelId id;
  std::optional<std::string> name;
  std::optional<std::string> description;
  Author by;
  Time at;
};
// Moves `id` before `before`; to the end when there is no such channel; sort orders become 1..n.
struct ReorderChannel {
  ChannelId id;
  ChannelId before;
  Author by;
  Time at;
};
// Takes the channel out of the list and frees its name; its messages stay, and stay searchable,
// unless `purge`, which deletes them and ends the log. The rest is renumbered 1..n.
struct DeleteChannel {
  ChannelId id;
  bool purge = false;
  Author by;
  Time at;
};
struct UpdateLimits {
  MessageLimits limits;
  Author by;
  Time at;
};

// Who a token named: remembered, with an inbox of their own, so that people can be written to while
// away. Known already: the name is brought up to date. Goes through the log writer like all writes,
// so that a thousand newcomers cost a few commits and never wait for one another's locks.
struct RememberUser {
  Author user;
  Time at;
};

using PendingEntry =
    std::variant<PendingMessage, PendingPrivateMessage, CreateChannel, UpdateChannel,
                 ReorderChannel, DeleteChannel, UpdateLimits, RememberUser>;

struct Committed {
  // The author's entry first. Empty for changes of the directory.
  std::vector<Entry> entries;
  // The send key was stored before; `entries` are those of the first time.
  bool is_repeated = false;
  // CreateChannel: the new channel's id.
  ChannelId channel;
};

// What became of a batch, entry by entry in the order given.
struct CommitOutcome {
  // Refusals of single entries, which leave the rest unharmed:
  //   kUnknownChannel (message, or a directory change of an id that is not there), kUnknownUser
  //   (recipient never seen), kSendKeyConflict, kConflict (channel name taken).
  std::vector<Result<Committed>> results;
  // Set when the batch changed the channels or limits.
  std::optional<Directory> directory;
};

// --- what workers read ---

struct LogPage {
  std::string epoch;
  // The end of the log and the lowest seq still kept (head + 1 when none), as of the same instant
  // as the entries. A log that nothing was ever written to has head 0.
  Seq head = 0;
  Seq first = 1;
  std::vector<Entry> entries;  // ascending
};

struct KnownUser {
  Author user;
  LogId inbox;
};

struct MessageSearch {
  std::vector<std::string> channels;  // by current name, ORed; empty: all
  std::string keyword;                // words, ANDed; empty: all
  UserId author;                      // empty: all
  std::int64_t limit = 50;
  std::int64_t offset = 0;
};
struct MessageSearchPage {
  std::vector<Entry> messages;  // newest first
  bool has_more = false;
};

class Store {
 public:
  virtual ~Store() = default;

  // All of the batch in one transaction, on disk when it returns; an Error means that nothing was
  // stored, or, kUnavailable, that it is not known. The order of results and of seq is the order of
  // the batch.
  virtual Result<CommitOutcome> commit(std::span<const PendingEntry> batch) = 0;

  virtual Result<Directory> directory() = 0;
  // A UUID made with the database.
  virtual Result<std::string> server_id() = 0;

  // Someone that RememberUser stored, by id, with their inbox; nothing when never seen.
  virtual Result<std::optional<KnownUser>> find_user(const UserId& id) = 0;

  // At most `count` entries with seq > after, ascending; removed messages come blank with
  // is_removed. Errors: kUnknownLog.
  virtual Result<LogPage> read_after(LogId log, Seq after, std::size_t count) = 0;
  // The last `count` entries with seq < before, ascending. Errors: kUnknownLog.
  virtual Result<LogPage> read_before(LogId log, Seq before, std::size_t count) = 0;

  // The newest messages of all listed channels together, oldest first, without removed ones.
  virtual Result<std::vector<Entry>> recent_messages(std::size_t count) = 0;
  virtual Result<MessageSearchPage> search(const MessageSearch& search) = 0;

  // Whether the database answers, for /readyz.
  virtual Status ping() = 0;
};

// `url`: sqlite:<path>, made with its tables when missing; migrations are applied.
// Errors: kUnavailable with a sentence for the operator (wrong path, not writable, newer schema).
Result<std::unique_ptr<Store>> open_store(const std::string& url);

}  // namespace hubbub
