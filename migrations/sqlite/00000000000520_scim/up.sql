CREATE TABLE scim_tokens (
    id BLOB PRIMARY KEY NOT NULL,
    organisation_id BLOB NOT NULL REFERENCES organisations (id),
    hash TEXT NOT NULL,
    label TEXT NOT NULL,
    created_by_id BLOB REFERENCES persons (id),
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    last_used_date TEXT
) STRICT;
CREATE UNIQUE INDEX scim_tokens_by_hash ON scim_tokens (hash);
CREATE INDEX scim_tokens_by_organisation ON scim_tokens (organisation_id, id);
CREATE INDEX scim_tokens_by_creator ON scim_tokens (created_by_id);

ALTER TABLE units ADD COLUMN external_id TEXT;
CREATE INDEX units_by_external_id ON units (organisation_id, external_id);
