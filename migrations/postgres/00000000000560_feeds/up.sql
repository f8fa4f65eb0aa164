CREATE TABLE feeds (
    id uuid PRIMARY KEY NOT NULL,
    owner_id uuid NOT NULL REFERENCES persons (id),
    organisation_id uuid REFERENCES organisations (id),
    name text NOT NULL,
    criteria text NOT NULL,
    hash text NOT NULL,
    created_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX feeds_by_hash ON feeds (hash);
CREATE INDEX feeds_by_owner ON feeds (owner_id, id);
CREATE INDEX feeds_by_organisation ON feeds (organisation_id, id);
