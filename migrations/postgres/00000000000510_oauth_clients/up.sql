CREATE TABLE oauth_clients (
    id uuid PRIMARY KEY NOT NULL,
    revision bigint NOT NULL,
    organisation_id uuid NOT NULL REFERENCES organisations (id),
    kind text NOT NULL,
    grant_type text NOT NULL,
    name text NOT NULL,
    description text,
    redirect_uris jsonb NOT NULL,
    scopes text NOT NULL,
    jwks jsonb,
    jwks_uri text,
    disabled boolean NOT NULL,
    created_at timestamptz NOT NULL,
    modified_at timestamptz NOT NULL,
    CHECK (jwks IS NULL OR jwks_uri IS NULL),
    CHECK (kind = 'CONFIDENTIAL' OR (grant_type = 'AUTHORIZATION_CODE' AND jwks IS NULL AND jwks_uri IS NULL))
);
CREATE INDEX oauth_clients_by_organisation ON oauth_clients (organisation_id, id);

CREATE TABLE oauth_secrets (
    id uuid PRIMARY KEY NOT NULL,
    client_id uuid NOT NULL REFERENCES oauth_clients (id) ON DELETE CASCADE,
    hash text NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX oauth_secrets_by_hash ON oauth_secrets (hash);
CREATE INDEX oauth_secrets_by_client ON oauth_secrets (client_id, id);

-- Tokens and assertions that are good for one use, until they would have expired anyway.
CREATE TABLE used_tokens (
    issuer text NOT NULL,
    token_id text NOT NULL,
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (issuer, token_id)
);
CREATE INDEX used_tokens_by_expiry ON used_tokens (expires_at);

-- Access tokens that were taken back before they expired.
CREATE TABLE revoked_tokens (
    token_id uuid PRIMARY KEY NOT NULL,
    expires_at timestamptz NOT NULL
);
CREATE INDEX revoked_tokens_by_expiry ON revoked_tokens (expires_at);

-- A session that a client opened for a person ends with the client, and its tokens have these scopes.
ALTER TABLE sessions ADD COLUMN scope text;
ALTER TABLE sessions ADD COLUMN oauth_client_id uuid REFERENCES oauth_clients (id) ON DELETE SET NULL;
CREATE INDEX sessions_by_oauth_client ON sessions (oauth_client_id);

-- The client through which somebody acted, or that acted by itself.
ALTER TABLE audit_events ADD COLUMN oauth_client_id uuid;
