CREATE TABLE scim_tokens (
    id uuid PRIMARY KEY NOT NULL,
    organisation_id uuid NOT NULL REFERENCES organisations (id),
    hash text NOT NULL,
    label text NOT NULL,
    created_by_id uuid REFERENCES persons (id),
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    last_used_date date
);
CREATE UNIQUE INDEX scim_tokens_by_hash ON scim_tokens (hash);
CREATE INDEX scim_tokens_by_organisation ON scim_tokens (organisation_id, id);
CREATE INDEX scim_tokens_by_creator ON scim_tokens (created_by_id);

ALTER TABLE units ADD COLUMN external_id text;
CREATE INDEX units_by_external_id ON units (organisation_id, external_id);
