CREATE TABLE feeds (
    id BLOB PRIMARY KEY NOT NULL,
    owner_id BLOB NOT NULL REFERENCES persons (id),
    organisation_id BLOB REFERENCES organisations (id),
    name TEXT NOT NULL,
    criteria TEXT NOT NULL,
    hash TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX feeds_by_hash ON feeds (hash);
CREATE INDEX feeds_by_owner ON feeds (owner_id, id);
CREATE INDEX feeds_by_organisation ON feeds (organisation_id, id);
