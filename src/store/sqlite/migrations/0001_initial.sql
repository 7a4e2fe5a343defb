-- Logs, channels, messages, people, limits. Times are microseconds since 1970, UTC.
-- AUTOINCREMENT wherever an id is shown to somebody: an id is never used twice.

CREATE TABLE server_instances(
  id INTEGER PRIMARY KEY,
  server_id TEXT NOT NULL UNIQUE,
  server_name TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE rate_limiter(
  id INTEGER PRIMARY KEY,
  owner_id TEXT NOT NULL UNIQUE,
  message_limit INTEGER NOT NULL,
  window_seconds INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;

-- Whoever signed in at least once.
CREATE TABLE users(
  id TEXT PRIMARY KEY,
  username TEXT NOT NULL,
  first_seen INTEGER NOT NULL,
  last_seen INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX users_by_username ON users(username);

-- kind 1: of a channel (channels.log_id), owner_id is null. kind 2: an inbox, owner_id is its user.
-- Entries first_seq to head_seq are there, all of them; an empty log has first_seq = head_seq + 1.
CREATE TABLE logs(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind INTEGER NOT NULL,
  owner_id TEXT,
  epoch TEXT NOT NULL,
  head_seq INTEGER NOT NULL DEFAULT 0,
  first_seq INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE UNIQUE INDEX logs_by_owner ON logs(owner_id) WHERE owner_id IS NOT NULL;

CREATE TABLE channels(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  log_id INTEGER NOT NULL UNIQUE REFERENCES logs(id),
  name TEXT NOT NULL,
  description TEXT,
  owner_id TEXT NOT NULL,
  sort_order INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  archived_at INTEGER
) STRICT;
CREATE UNIQUE INDEX channels_by_name ON channels(name) WHERE archived_at IS NULL;

-- seq: the place in the channel's log. removed_at: message is '' from then on.
CREATE TABLE chat_messages(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  channel_id INTEGER NOT NULL REFERENCES channels(id),
  seq INTEGER NOT NULL,
  owner_id TEXT NOT NULL,
  username TEXT NOT NULL,
  message TEXT NOT NULL,
  send_key TEXT,
  authored_at INTEGER NOT NULL,
  removed_at INTEGER
) STRICT;
CREATE INDEX chat_messages_by_channel ON chat_messages(channel_id);
-- Finds an author's messages too, so those without a key are in it (NULLs are never equal). One
-- index for both: a commit costs the pages that it touches, and here each message has its own.
CREATE UNIQUE INDEX chat_messages_by_send_key ON chat_messages(owner_id, send_key);

-- sender_seq and recipient_seq: the places in the two inboxes. To oneself: recipient_seq is null.
CREATE TABLE private_messages(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  owner_id TEXT NOT NULL,
  username TEXT NOT NULL,
  sender_seq INTEGER NOT NULL,
  recipient_id TEXT NOT NULL,
  recipient TEXT NOT NULL,
  recipient_seq INTEGER,
  message TEXT NOT NULL,
  send_key TEXT,
  authored_at INTEGER NOT NULL,
  removed_at INTEGER
) STRICT;
CREATE UNIQUE INDEX private_messages_by_send_key ON private_messages(owner_id, send_key)
  WHERE send_key IS NOT NULL;

-- kind: EntryKind of wire/entry.h, which says whose id message_id is. ref_seq: what a removal hit.
CREATE TABLE log_entries(
  log_id INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  message_id INTEGER NOT NULL,
  ref_seq INTEGER,
  PRIMARY KEY(log_id, seq)
) STRICT, WITHOUT ROWID;

-- Words of chat_messages.message. columnsize=0: nothing is ranked by length, newest comes first.
CREATE VIRTUAL TABLE chat_search USING fts5(
  message, content='chat_messages', content_rowid='id', columnsize=0, tokenize='porter unicode61'
);
-- Whoever inserts a message inserts its words too. A trigger would do it at 40 % of the speed: a
-- statement with a trigger opens a savepoint, for which FTS5 writes out what it has gathered.
CREATE TRIGGER chat_search_delete AFTER DELETE ON chat_messages BEGIN
  INSERT INTO chat_search(chat_search, rowid, message) VALUES ('delete', old.id, old.message);
END;
CREATE TRIGGER chat_search_update AFTER UPDATE OF message ON chat_messages BEGIN
  INSERT INTO chat_search(chat_search, rowid, message) VALUES ('delete', old.id, old.message);
  INSERT INTO chat_search(rowid, message) VALUES (new.id, new.message);
END;
