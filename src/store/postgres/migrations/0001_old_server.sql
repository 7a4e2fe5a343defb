-- The tables of the old server, as it makes them itself: a database of its own has them already, and
-- it can run again on one that began with Hubbub. Times are timestamps without a zone, in UTC.
-- What these cannot hold is beside them (0002 and later), so nothing here loses a column.

CREATE TABLE IF NOT EXISTS server_instances(
  id serial PRIMARY KEY,
  server_id uuid NOT NULL UNIQUE,
  server_name varchar(36) NOT NULL UNIQUE,
  created_at timestamp DEFAULT now(),
  updated_at timestamp DEFAULT now()
);

CREATE TABLE IF NOT EXISTS rate_limiter(
  id serial PRIMARY KEY,
  owner_id varchar(36) NOT NULL UNIQUE,
  message_limit int NOT NULL DEFAULT 10,
  window_seconds int NOT NULL DEFAULT 60,
  updated_at timestamp DEFAULT now()
);

CREATE TABLE IF NOT EXISTS channels(
  id serial PRIMARY KEY,
  name varchar(24) NOT NULL UNIQUE,
  description text,
  is_private boolean DEFAULT false,
  owner_id varchar(36) NOT NULL,
  sort_order int NOT NULL DEFAULT 0,
  created_at timestamp DEFAULT now(),
  updated_at timestamp DEFAULT now()
);

-- channel: its name. cache_id: the old server's number for it, unique for ever.
CREATE TABLE IF NOT EXISTS chat_messages(
  id serial PRIMARY KEY,
  cache_id bigint NOT NULL UNIQUE,
  owner_id varchar(36) NOT NULL,
  channel varchar(24) NOT NULL,
  message text NOT NULL,
  authored_at timestamp NOT NULL,
  search_vector tsvector GENERATED ALWAYS AS (to_tsvector('english', message)) STORED
);

CREATE TABLE IF NOT EXISTS private_messages(
  id serial PRIMARY KEY,
  cache_id bigint NOT NULL UNIQUE,
  owner_id varchar(36) NOT NULL,
  username varchar(64) NOT NULL,
  recipient_id varchar(36) NOT NULL,
  recipient varchar(64) NOT NULL,
  message text NOT NULL,
  authored_at timestamp NOT NULL,
  search_vector tsvector GENERATED ALWAYS AS (to_tsvector('english', message)) STORED
);

CREATE TABLE IF NOT EXISTS chat_sessions(
  id serial PRIMARY KEY,
  owner_id varchar(36) NOT NULL,
  start_time timestamp NOT NULL,
  end_time timestamp NOT NULL,
  duration interval GENERATED ALWAYS AS (end_time - start_time) STORED
);

CREATE TABLE IF NOT EXISTS bans(
  id serial PRIMARY KEY,
  owner_id varchar(36) NOT NULL,
  banished_id varchar(36) NOT NULL,
  start_time timestamp DEFAULT now(),
  reason varchar(256),
  end_time timestamp,
  duration interval GENERATED ALWAYS AS (
    CASE WHEN end_time IS NOT NULL THEN end_time - start_time ELSE NULL END) STORED,
  pardoned boolean DEFAULT false
);
