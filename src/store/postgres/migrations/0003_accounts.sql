-- Built-in accounts and what the built-in OpenID provider remembers. Secrets that only their bearer
-- should know are kept as SHA-256 (base64url); the codes of invitations as they are, since the
-- operator is shown them again.

CREATE TABLE accounts(
  id text PRIMARY KEY,
  username text NOT NULL,
  username_key text NOT NULL UNIQUE,  -- in lower case
  password_hash text NOT NULL,        -- empty: none yet
  is_disabled boolean NOT NULL DEFAULT false,
  created_at timestamp NOT NULL
);

CREATE TABLE account_roles(
  account_id text NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
  role text NOT NULL,
  PRIMARY KEY (account_id, role)
);

-- kind 1: for the first administrator, of no use once somebody has its role. kind 2: printed at the
-- first start, for the next person. kind 3: made by somebody.
CREATE TABLE invitations(
  code text PRIMARY KEY,
  kind int NOT NULL,
  role text NOT NULL DEFAULT '',  -- what the new account gets; empty: nothing
  uses_left bigint NOT NULL,
  expires_at timestamp,  -- null: never
  created_by text NOT NULL DEFAULT '',
  created_at timestamp NOT NULL
);

CREATE TABLE password_resets(
  secret_hash text PRIMARY KEY,
  account_id text NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
  expires_at timestamp NOT NULL
);

-- A browser that signed in; its cookie is the secret.
CREATE TABLE sign_ins(
  id text PRIMARY KEY,
  secret_hash text NOT NULL UNIQUE,
  account_id text NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
  created_at timestamp NOT NULL,
  expires_at timestamp NOT NULL
);
CREATE INDEX sign_ins_by_account ON sign_ins(account_id);

CREATE TABLE authorization_codes(
  secret_hash text PRIMARY KEY,
  sign_in_id text NOT NULL REFERENCES sign_ins(id) ON DELETE CASCADE,
  client text NOT NULL,
  redirect_uri text NOT NULL,
  challenge text NOT NULL,
  nonce text NOT NULL,
  scope text NOT NULL,
  expires_at timestamp NOT NULL,
  used_for text  -- the family of refresh tokens that it was exchanged for; null: not used yet
);
CREATE INDEX authorization_codes_by_sign_in ON authorization_codes(sign_in_id);

-- A family is what one authorization code led to; each use replaces the token by its successor.
CREATE TABLE refresh_tokens(
  secret_hash text PRIMARY KEY,
  family text NOT NULL,
  sign_in_id text NOT NULL REFERENCES sign_ins(id) ON DELETE CASCADE,
  client text NOT NULL,
  scope text NOT NULL,
  successor text,   -- its secret_hash; null: not used yet
  used_at timestamp
);
CREATE INDEX refresh_tokens_by_family ON refresh_tokens(family);
CREATE INDEX refresh_tokens_by_sign_in ON refresh_tokens(sign_in_id);
