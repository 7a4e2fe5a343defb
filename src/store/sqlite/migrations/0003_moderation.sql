-- Keeping order: bans, mutes, rules of channels, the audit log; and who was here when. Times are
-- microseconds since 1970, UTC.

ALTER TABLE users ADD COLUMN role INTEGER NOT NULL DEFAULT 0;  -- wire/role.h, as last seen
CREATE INDEX users_by_name ON users(username COLLATE NOCASE, id);
CREATE INDEX users_by_role ON users(role) WHERE role > 0;

ALTER TABLE channels ADD COLUMN is_read_only INTEGER NOT NULL DEFAULT 0;
ALTER TABLE channels ADD COLUMN is_staff_only INTEGER NOT NULL DEFAULT 0;
ALTER TABLE channels ADD COLUMN slow_mode_seconds INTEGER NOT NULL DEFAULT 0;

-- end_time null: permanent. pardoned_at null: not pardoned. Rows stay.
CREATE TABLE bans(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  owner_id TEXT NOT NULL,
  owner_username TEXT NOT NULL,
  banished_id TEXT NOT NULL,
  reason TEXT,
  start_time INTEGER NOT NULL,
  end_time INTEGER,
  pardoned_at INTEGER
) STRICT;
CREATE INDEX bans_by_banished ON bans(banished_id);
CREATE INDEX bans_unpardoned ON bans(end_time) WHERE pardoned_at IS NULL;

-- channel_id null: everywhere.
CREATE TABLE mutes(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  owner_id TEXT NOT NULL,
  owner_username TEXT NOT NULL,
  user_id TEXT NOT NULL,
  channel_id INTEGER,
  reason TEXT,
  start_time INTEGER NOT NULL,
  end_time INTEGER,
  lifted_at INTEGER
) STRICT;
CREATE INDEX mutes_by_user ON mutes(user_id);
CREATE INDEX mutes_unlifted ON mutes(end_time) WHERE lifted_at IS NULL;

-- Who did what, from where. before and after are JSON objects, or null.
CREATE TABLE audit_log(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  actor_id TEXT NOT NULL,
  actor_username TEXT NOT NULL,
  address TEXT NOT NULL,
  action TEXT NOT NULL,
  target TEXT NOT NULL,
  before TEXT,
  after TEXT
) STRICT;
CREATE INDEX audit_log_by_actor ON audit_log(actor_id);
CREATE INDEX audit_log_by_action ON audit_log(action);
CREATE TRIGGER audit_log_no_update BEFORE UPDATE ON audit_log BEGIN
  SELECT raise(ABORT, 'the audit log is append-only');
END;
-- INSERT OR REPLACE deletes without the trigger for it.
CREATE TRIGGER audit_log_no_replace BEFORE INSERT ON audit_log
  WHEN EXISTS (SELECT 1 FROM audit_log WHERE id = new.id) BEGIN
  SELECT raise(ABORT, 'the audit log is append-only');
END;
CREATE TRIGGER audit_log_no_delete BEFORE DELETE ON audit_log BEGIN
  SELECT raise(ABORT, 'the audit log is append-only');
END;

-- One start of the server. alive_at: when it last said that its open sessions are open.
CREATE TABLE server_runs(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  started_at INTEGER NOT NULL,
  alive_at INTEGER NOT NULL
) STRICT;
-- run_id and number name a session; end_time null: still open. The next start ends what a crash
-- left open, at the run's alive_at.
CREATE TABLE chat_sessions(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  run_id INTEGER NOT NULL,
  number INTEGER NOT NULL,
  owner_id TEXT NOT NULL,
  start_time INTEGER NOT NULL,
  end_time INTEGER
) STRICT;
CREATE UNIQUE INDEX chat_sessions_by_number ON chat_sessions(run_id, number);
CREATE INDEX chat_sessions_open ON chat_sessions(run_id) WHERE end_time IS NULL;
CREATE INDEX chat_sessions_by_owner ON chat_sessions(owner_id, start_time);
-- Sums over everyone's sessions read this and not the sessions.
CREATE INDEX chat_sessions_by_start ON chat_sessions(start_time, owner_id, end_time);

CREATE TABLE connection_peaks(
  day INTEGER PRIMARY KEY,  -- days since 1970, UTC
  peak INTEGER NOT NULL
) STRICT;

-- What is left of all messages is counted from indexes alone. A message's commit touches neither:
-- they hold removed messages only.
CREATE INDEX chat_messages_removed_by_channel ON chat_messages(channel_id, removed_at)
  WHERE removed_at IS NOT NULL;
CREATE INDEX chat_messages_removed_by_author ON chat_messages(owner_id, removed_at)
  WHERE removed_at IS NOT NULL;
