CREATE TABLE identity_providers (
    id uuid PRIMARY KEY NOT NULL,
    revision bigint NOT NULL,
    organisation_id uuid NOT NULL REFERENCES organisations (id),
    name text NOT NULL,
    issuer text NOT NULL,
    client_id text NOT NULL,
    authentication text NOT NULL,
    client_secret text,
    staff_claim text NOT NULL,
    staff_key text NOT NULL,
    algorithms text NOT NULL,
    clock_skew_seconds bigint NOT NULL,
    audiences jsonb NOT NULL,
    email_domains jsonb NOT NULL,
    enabled boolean NOT NULL,
    created_at timestamptz NOT NULL,
    modified_at timestamptz NOT NULL,
    CHECK ((client_secret IS NULL) = (authentication = 'PRIVATE_KEY_JWT'))
);
CREATE UNIQUE INDEX identity_providers_by_issuer ON identity_providers (organisation_id, issuer);
CREATE INDEX identity_providers_by_organisation ON identity_providers (organisation_id, id);

-- A domain leads to one provider of the whole platform.
CREATE TABLE identity_provider_domains (
    domain text PRIMARY KEY NOT NULL,
    provider_id uuid NOT NULL REFERENCES identity_providers (id) ON DELETE CASCADE
);
CREATE INDEX identity_provider_domains_by_provider ON identity_provider_domains (provider_id);

-- Sign-ins that are under way, for ten minutes.
CREATE TABLE sign_ins (
    id uuid PRIMARY KEY NOT NULL,
    client_id uuid NOT NULL REFERENCES oauth_clients (id) ON DELETE CASCADE,
    redirect_uri text NOT NULL,
    state text NOT NULL,
    scope text NOT NULL,
    challenge text NOT NULL,
    provider_id uuid NOT NULL REFERENCES identity_providers (id) ON DELETE CASCADE,
    ticket_hash text NOT NULL,
    browser_hash text NOT NULL,
    nonce text NOT NULL,
    verifier text NOT NULL,
    person_id uuid REFERENCES persons (id),
    expires_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX sign_ins_by_ticket ON sign_ins (ticket_hash);
CREATE INDEX sign_ins_by_client ON sign_ins (client_id);
CREATE INDEX sign_ins_by_provider ON sign_ins (provider_id);
CREATE INDEX sign_ins_by_person ON sign_ins (person_id);
CREATE INDEX sign_ins_by_expiry ON sign_ins (expires_at);

-- Codes for portals; kept after their use, so that a second use can be told and ends what the first one gave.
CREATE TABLE authorization_codes (
    hash text PRIMARY KEY NOT NULL,
    client_id uuid NOT NULL REFERENCES oauth_clients (id) ON DELETE CASCADE,
    redirect_uri text NOT NULL,
    state text NOT NULL,
    scope text NOT NULL,
    challenge text NOT NULL,
    person_id uuid NOT NULL REFERENCES persons (id),
    expires_at timestamptz NOT NULL,
    session_id uuid REFERENCES sessions (id)
);
CREATE INDEX authorization_codes_by_client ON authorization_codes (client_id);
CREATE INDEX authorization_codes_by_person ON authorization_codes (person_id);
CREATE INDEX authorization_codes_by_session ON authorization_codes (session_id);
CREATE INDEX authorization_codes_by_expiry ON authorization_codes (expires_at);

CREATE TABLE client_consents (
    id uuid PRIMARY KEY NOT NULL,
    person_id uuid NOT NULL REFERENCES persons (id),
    client_id uuid NOT NULL REFERENCES oauth_clients (id) ON DELETE CASCADE,
    scopes text NOT NULL,
    created_at timestamptz NOT NULL,
    modified_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX client_consents_by_person ON client_consents (person_id, client_id);
CREATE INDEX client_consents_by_client ON client_consents (client_id);
