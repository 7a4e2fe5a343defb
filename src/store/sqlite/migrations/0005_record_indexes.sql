-- What the dashboard reads, from indexes alone. A message's commit touches none of them: they hold
-- removed messages only.
CREATE INDEX chat_messages_removed_by_channel ON chat_messages(channel_id, removed_at)
  WHERE removed_at IS NOT NULL;
CREATE INDEX chat_messages_removed_by_author ON chat_messages(owner_id, removed_at)
  WHERE removed_at IS NOT NULL;

-- Sums over everyone's sessions never read the sessions themselves.
DROP INDEX chat_sessions_by_start;
CREATE INDEX chat_sessions_by_start ON chat_sessions(start_time, owner_id, end_time);
