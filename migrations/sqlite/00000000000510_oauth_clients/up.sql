CREATE TABLE oauth_clients (
    id BLOB PRIMARY KEY NOT NULL,
    revision INTEGER NOT NULL,
    organisation_id BLOB NOT NULL REFERENCES organisations (id),
    kind TEXT NOT NULL,
    grant_type TEXT NOT NULL,
    name TEXT NOT NULL,
    description TEXT,
    redirect_uris BLOB NOT NULL,
    scopes TEXT NOT NULL,
    jwks BLOB,
    jwks_uri TEXT,
    disabled INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    modified_at INTEGER NOT NULL,
    CHECK (jwks IS NULL OR jwks_uri IS NULL),
    CHECK (kind = 'CONFIDENTIAL' OR (grant_type = 'AUTHORIZATION_CODE' AND jwks IS NULL AND jwks_uri IS NULL))
) STRICT;
CREATE INDEX oauth_clients_by_organisation ON oauth_clients (organisation_id, id);

CREATE TABLE oauth_secrets (
    id BLOB PRIMARY KEY NOT NULL,
    client_id BLOB NOT NULL REFERENCES oauth_clients (id) ON DELETE CASCADE,
    hash TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX oauth_secrets_by_hash ON oauth_secrets (hash);
CREATE INDEX oauth_secrets_by_client ON oauth_secrets (client_id, id);

-- Tokens and assertions that are good for one use, until they would have expired anyway.
CREATE TABLE used_tokens (
    issuer TEXT NOT NULL,
    token_id TEXT NOT NULL,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (issuer, token_id)
) STRICT;
CREATE INDEX used_tokens_by_expiry ON used_tokens (expires_at);

-- Access tokens that were taken back before they expired.
CREATE TABLE revoked_tokens (
    token_id BLOB PRIMARY KEY NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX revoked_tokens_by_expiry ON revoked_tokens (expires_at);

-- A session that a client opened for a person ends with the client, and its tokens have these scopes.
ALTER TABLE sessions ADD COLUMN scope TEXT;
ALTER TABLE sessions ADD COLUMN oauth_client_id BLOB REFERENCES oauth_clients (id) ON DELETE SET NULL;
CREATE INDEX sessions_by_oauth_client ON sessions (oauth_client_id);

-- The client through which somebody acted, or that acted by itself.
ALTER TABLE audit_events ADD COLUMN oauth_client_id BLOB;
