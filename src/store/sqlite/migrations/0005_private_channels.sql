-- Channels that only administrators see, as the old server's schema has them.
ALTER TABLE channels ADD COLUMN is_private INTEGER NOT NULL DEFAULT 0;
