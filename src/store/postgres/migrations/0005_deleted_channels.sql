-- A channel that another program deletes, as the old server does, goes to the archive with its log and
-- its rules; where its messages went with it, its log ends. By the end of their transactions Hubbub's
-- own statements have done either.
CREATE FUNCTION keep_deleted_channel() RETURNS trigger LANGUAGE plpgsql SET search_path = chatserver
AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM logs WHERE id = OLD.log_id)
      OR EXISTS (SELECT FROM all_channels WHERE log_id = OLD.log_id) THEN
    RETURN NULL;
  END IF;
  IF EXISTS (SELECT FROM chat_messages WHERE channel_id = OLD.id)
      OR EXISTS (SELECT FROM chat_messages WHERE seq IS NULL AND channel = OLD.name) THEN
    INSERT INTO archived_channels(id, log_id, name, description, is_private, owner_id, is_read_only,
        is_staff_only, slow_mode_seconds, created_at, archived_at)
      VALUES (OLD.id, OLD.log_id, OLD.name, OLD.description, OLD.is_private, OLD.owner_id,
        OLD.is_read_only, OLD.is_staff_only, OLD.slow_mode_seconds, OLD.created_at,
        now() AT TIME ZONE 'UTC');
  ELSE
    DELETE FROM log_entries WHERE log_id = OLD.log_id;
    DELETE FROM logs WHERE id = OLD.log_id;
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER channels_keep_deleted AFTER DELETE ON channels
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION keep_deleted_channel();
