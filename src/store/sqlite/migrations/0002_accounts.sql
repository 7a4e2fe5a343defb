-- Built-in accounts and what the built-in OpenID provider remembers. Times are microseconds since
-- 1970, UTC. Secrets that only their bearer should know are kept as SHA-256 (base64url); the codes of
-- invitations as they are, since the operator is shown them again.

CREATE TABLE accounts(
  id TEXT PRIMARY KEY,
  username TEXT NOT NULL,
  username_key TEXT NOT NULL UNIQUE,  -- in lower case
  password_hash TEXT NOT NULL,        -- empty: none yet
  is_disabled INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE account_roles(
  account_id TEXT NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
  role TEXT NOT NULL,
  PRIMARY KEY (account_id, role)
) STRICT, WITHOUT ROWID;

-- kind 1: for the first administrator, of no use once somebody has its role. kind 2: printed at the
-- first start, for the next person. kind 3: made by somebody.
CREATE TABLE invitations(
  code TEXT PRIMARY KEY,
  kind INTEGER NOT NULL,
  role TEXT NOT NULL DEFAULT '',  -- what the new account gets; empty: nothing
  uses_left INTEGER NOT NULL,
  expires_at INTEGER,  -- null: never
  created_by TEXT NOT NULL DEFAULT '',
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE password_resets(
  secret_hash TEXT PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- A browser that signed in; its cookie is the secret.
CREATE TABLE sign_ins(
  id TEXT PRIMARY KEY,
  secret_hash TEXT NOT NULL UNIQUE,
  account_id TEXT NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sign_ins_by_account ON sign_ins(account_id);

CREATE TABLE authorization_codes(
  secret_hash TEXT PRIMARY KEY,
  sign_in_id TEXT NOT NULL REFERENCES sign_ins(id) ON DELETE CASCADE,
  client TEXT NOT NULL,
  redirect_uri TEXT NOT NULL,
  challenge TEXT NOT NULL,
  nonce TEXT NOT NULL,
  scope TEXT NOT NULL,
  expires_at INTEGER NOT NULL,
  used_for TEXT  -- the family of refresh tokens that it was exchanged for; null: not used yet
) STRICT, WITHOUT ROWID;
CREATE INDEX authorization_codes_by_sign_in ON authorization_codes(sign_in_id);

-- A family is what one authorization code led to; each use replaces the token by its successor.
CREATE TABLE refresh_tokens(
  secret_hash TEXT PRIMARY KEY,
  family TEXT NOT NULL,
  sign_in_id TEXT NOT NULL REFERENCES sign_ins(id) ON DELETE CASCADE,
  client TEXT NOT NULL,
  scope TEXT NOT NULL,
  successor TEXT,   -- its secret_hash; null: not used yet
  used_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX refresh_tokens_by_family ON refresh_tokens(family);
CREATE INDEX refresh_tokens_by_sign_in ON refresh_tokens(sign_in_id);
