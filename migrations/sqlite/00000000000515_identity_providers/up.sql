CREATE TABLE identity_providers (
    id BLOB PRIMARY KEY NOT NULL,
    revision INTEGER NOT NULL,
    organisation_id BLOB NOT NULL REFERENCES organisations (id),
    name TEXT NOT NULL,
    issuer TEXT NOT NULL,
    client_id TEXT NOT NULL,
    authentication TEXT NOT NULL,
    client_secret TEXT,
    staff_claim TEXT NOT NULL,
    staff_key TEXT NOT NULL,
    algorithms TEXT NOT NULL,
    clock_skew_seconds INTEGER NOT NULL,
    audiences BLOB NOT NULL,
    email_domains BLOB NOT NULL,
    enabled INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    modified_at INTEGER NOT NULL,
    CHECK ((client_secret IS NULL) = (authentication = 'PRIVATE_KEY_JWT'))
) STRICT;
CREATE UNIQUE INDEX identity_providers_by_issuer ON identity_providers (organisation_id, issuer);
CREATE INDEX identity_providers_by_organisation ON identity_providers (organisation_id, id);

-- A domain leads to one provider of the whole platform.
CREATE TABLE identity_provider_domains (
    domain TEXT PRIMARY KEY NOT NULL,
    provider_id BLOB NOT NULL REFERENCES identity_providers (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX identity_provider_domains_by_provider ON identity_provider_domains (provider_id);

-- Sign-ins that are under way, for ten minutes.
CREATE TABLE sign_ins (
    id BLOB PRIMARY KEY NOT NULL,
    client_id BLOB NOT NULL REFERENCES oauth_clients (id) ON DELETE CASCADE,
    redirect_uri TEXT NOT NULL,
    state TEXT NOT NULL,
    scope TEXT NOT NULL,
    challenge TEXT NOT NULL,
    provider_id BLOB NOT NULL REFERENCES identity_providers (id) ON DELETE CASCADE,
    ticket_hash TEXT NOT NULL,
    browser_hash TEXT NOT NULL,
    nonce TEXT NOT NULL,
    verifier TEXT NOT NULL,
    person_id BLOB REFERENCES persons (id),
    expires_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX sign_ins_by_ticket ON sign_ins (ticket_hash);
CREATE INDEX sign_ins_by_client ON sign_ins (client_id);
CREATE INDEX sign_ins_by_provider ON sign_ins (provider_id);
CREATE INDEX sign_ins_by_person ON sign_ins (person_id);
CREATE INDEX sign_ins_by_expiry ON sign_ins (expires_at);

-- Codes for portals; kept after their use, so that a second use can be told and ends what the first one gave.
CREATE TABLE authorization_codes (
    hash TEXT PRIMARY KEY NOT NULL,
    client_id BLOB NOT NULL REFERENCES oauth_clients (id) ON DELETE CASCADE,
    redirect_uri TEXT NOT NULL,
    state TEXT NOT NULL,
    scope TEXT NOT NULL,
    challenge TEXT NOT NULL,
    person_id BLOB NOT NULL REFERENCES persons (id),
    expires_at INTEGER NOT NULL,
    session_id BLOB REFERENCES sessions (id)
) STRICT;
CREATE INDEX authorization_codes_by_client ON authorization_codes (client_id);
CREATE INDEX authorization_codes_by_person ON authorization_codes (person_id);
CREATE INDEX authorization_codes_by_session ON authorization_codes (session_id);
CREATE INDEX authorization_codes_by_expiry ON authorization_codes (expires_at);

CREATE TABLE client_consents (
    id BLOB PRIMARY KEY NOT NULL,
    person_id BLOB NOT NULL REFERENCES persons (id),
    client_id BLOB NOT NULL REFERENCES oauth_clients (id) ON DELETE CASCADE,
    scopes TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    modified_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX client_consents_by_person ON client_consents (person_id, client_id);
CREATE INDEX client_consents_by_client ON client_consents (client_id);
